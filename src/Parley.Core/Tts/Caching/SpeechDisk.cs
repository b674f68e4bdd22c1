using Microsoft.Extensions.Logging;

namespace Parley.Tts.Caching;

/// <summary>Speech that outlives the process: a file a clause, its name a hash, the least recently used deleted beyond the bounds.</summary>
/// <remarks>
/// Thread-safe. Several processes may share the folder: files appear whole or not at all, and one that has gone is simply not found. A folder that
/// cannot be used is said once and costs nothing but the cache.
/// </remarks>
internal sealed partial class SpeechDisk
{
    private const string Ending = ".speech";

    // A use is noted in the file's time, but not every one: that would write for each reading.
    private static readonly TimeSpan s_noteEvery = TimeSpan.FromHours(6);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long Bytes, DateTimeOffset Used)> _files = [];
    private readonly SpeechCacheOptions _options;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private long _bytes;
    private ILogger? _logger;
    private string? _fault;

    public SpeechDisk(SpeechCacheOptions options, TimeProvider time)
    {
        (_options, _folder, _time) = (options, options.ResolveFolder(), time);
        if (options.DiskBytes == 0) { return; }
        try
        {
            if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(_folder); }
            else { Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); }
            foreach (var file in new DirectoryInfo(_folder).EnumerateFiles("*" + Ending)) { Note(Path.GetFileNameWithoutExtension(file.Name), file.Length, file.LastWriteTimeUtc); }
            Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Tell(e);
        }
    }

    public long Bytes { get { lock (_lock) { return _bytes; } } }

    public bool Contains(string hash) { lock (_lock) { return _files.ContainsKey(hash); } }

    /// <summary>Reads what was stored; null: there is nothing, or it is damaged, in which case it is deleted.</summary>
    public async Task<CachedSpeech?> LoadAsync(string hash, string text, CancellationToken cancellationToken)
    {
        if (!Contains(hash)) { return null; }
        try
        {
            var speech = SpeechFile.Read(await File.ReadAllBytesAsync(PathOf(hash), cancellationToken), text);
            if (speech is null) { Delete(hash); }
            else { Used(hash); }
            return speech;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Forget(hash);
            return null;
        }
    }

    public async Task StoreAsync(string hash, CachedSpeech speech, CancellationToken cancellationToken)
    {
        if (_options.DiskBytes == 0 || Contains(hash)) { return; }
        var bytes = SpeechFile.Write(speech);
        if (bytes.Length > _options.DiskBytes / 4) { return; }
        var temporary = Path.Combine(_folder, $"{hash}.{Guid.NewGuid():N}.tmp");
        try
        {
            await File.WriteAllBytesAsync(temporary, bytes, cancellationToken);
            File.Move(temporary, PathOf(hash), overwrite: true);
            lock (_lock) { Note(hash, bytes.Length, _time.GetUtcNow()); }
            Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            TryDelete(temporary);
            if (e is OperationCanceledException) { throw; }
            Tell(e);
        }
    }

    private void Trim()
    {
        List<string> gone = [];
        lock (_lock)
        {
            var oldest = _time.GetUtcNow() - _options.MaxAge;
            foreach (var (hash, file) in _files.OrderBy(f => f.Value.Used))
            {
                if (_bytes <= _options.DiskBytes && file.Used >= oldest) { break; }
                _files.Remove(hash);
                _bytes -= file.Bytes;
                gone.Add(hash);
            }
        }
        foreach (var hash in gone) { TryDelete(PathOf(hash)); }
    }

    private void Used(string hash)
    {
        var now = _time.GetUtcNow();
        lock (_lock)
        {
            if (!_files.TryGetValue(hash, out var file) || now - file.Used < s_noteEvery) { return; }
            _files[hash] = file with { Used = now };
        }
        File.SetLastWriteTimeUtc(PathOf(hash), now.UtcDateTime);
    }

    private void Note(string hash, long bytes, DateTimeOffset used)
    {
        _bytes += bytes - (_files.TryGetValue(hash, out var old) ? old.Bytes : 0);
        _files[hash] = (bytes, used);
    }

    private void Delete(string hash)
    {
        Forget(hash);
        TryDelete(PathOf(hash));
    }

    private void Forget(string hash)
    {
        lock (_lock) { if (_files.Remove(hash, out var file)) { _bytes -= file.Bytes; } }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It stays; the next start counts it again.
        }
    }

    private string PathOf(string hash) => Path.Combine(_folder, hash + Ending);

    /// <summary>From now on it is told, once, that the folder cannot be used; also if that was found before.</summary>
    public void LogTo(ILogger logger)
    {
        lock (_lock)
        {
            _logger = logger;
            if (_fault is not null) { LogUnusable(logger, _folder, _fault); }
        }
    }

    private void Tell(Exception e)
    {
        lock (_lock)
        {
            if (_fault is not null) { return; }
            _fault = e.Message;
            if (_logger is not null) { LogUnusable(_logger, _folder, _fault); }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The speech cache cannot use {Folder}: {Why}")]
    private static partial void LogUnusable(ILogger logger, string folder, string why);
}
