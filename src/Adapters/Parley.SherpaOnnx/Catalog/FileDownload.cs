using System.Net;
using System.Net.Http.Headers;

namespace Parley.SherpaOnnx.Catalog;

/// <summary>Fetches one file, going on where an earlier try broke off as long as the server still has the same file.</summary>
/// <param name="http">Follows redirects; its timeout should be off.</param>
/// <param name="time">The clock of the timeout.</param>
internal sealed class FileDownload(HttpClient http, TimeProvider time)
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>How long a server may be silent.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(30);

    /// <summary>Fetches it into <paramref name="path"/>, which stays when it is cancelled or breaks off; its tag lies beside it.</summary>
    /// <param name="url">The file's address.</param>
    /// <param name="path">The unfinished file (<c>.part</c>).</param>
    /// <param name="progress">Told the bytes that are there, and the bytes in all or 0.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="HttpRequestException">The server cannot be reached or refuses.</exception>
    /// <exception cref="IOException">The connection broke off, the file is short, or the disk is full.</exception>
    /// <exception cref="TimeoutException">The server fell silent.</exception>
    public async Task FetchAsync(Uri url, string path, Action<long, long> progress, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(_ => idle.Cancel(), null, s_idle, Timeout.InfiniteTimeSpan);
        try
        {
            await FetchAsync(url, path, progress, () => timer.Change(s_idle, Timeout.InfiniteTimeSpan), idle.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{url.Host} sent nothing for {s_idle.TotalSeconds:0} s.", e);
        }
    }

    private async Task FetchAsync(Uri url, string path, Action<long, long> progress, Action alive, CancellationToken cancellationToken)
    {
        var tagPath = path + ".etag";
        var have = File.Exists(path) ? new FileInfo(path).Length : 0;
        var tag = have > 0 && File.Exists(tagPath) ? await File.ReadAllTextAsync(tagPath, cancellationToken) : null;
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (tag is not null && EntityTagHeaderValue.TryParse(tag, out var known))
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(known);
        }
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        alive();
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange?.Length == have)
        {
            progress(have, have);
            return;
        }
        response.EnsureSuccessStatusCode();
        // The server goes on only if it still has the file that was begun; else it sends the whole of the new one.
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
        if (response.StatusCode == HttpStatusCode.PartialContent && !goesOn) { throw new IOException($"{url.Host} answered with another part of the file."); }
        if (!goesOn)
        {
            have = 0;
            File.Delete(tagPath);
            if (response.Headers.ETag is { IsWeak: false } etag) { await File.WriteAllTextAsync(tagPath, etag.ToString(), cancellationToken); }
        }
        var total = response.Content.Headers.ContentLength is { } rest ? have + rest : 0;
        await using (var file = new FileStream(path, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes))
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[BufferBytes];
            for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                alive();
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                have += read;
                progress(have, total);
            }
        }
        if (total > 0 && have != total) { throw new IOException($"The connection to {url.Host} broke off after {have} of {total} bytes."); }
    }
}
