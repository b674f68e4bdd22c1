using Microsoft.Extensions.Logging;
using Parley.Testing.Simulated;
using Parley.Time;
using Parley.Tts;
using Parley.Tts.Caching;

namespace Parley.Core.Tests.Tts.Caching;

public sealed class SpeechDiskTests : IDisposable
{
    private const string Fixed = "Take your time.", Private = "Your flight leaves at nine.";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-speech-");
    private readonly VirtualClock _clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Stored_FixedLine_OutlivesTheProcessWordForWord()
    {
        var before = await SpeakAsync(Fixed);
        var (cache, after) = await SpeakOnceAsync(Fixed);

        Assert.Equal((1, 0), (cache.Read().DiskHits, cache.Read().Misses));
        Assert.Equal(before.SelectMany(c => c.Samples.ToArray()), after.SelectMany(c => c.Samples.ToArray()));
        Assert.Equal(before.SelectMany(c => c.Words), after.SelectMany(c => c.Words));
        Assert.Equal(before.SelectMany(c => c.Visemes), after.SelectMany(c => c.Visemes));
        Assert.Equal(before.SelectMany(c => c.Phones), after.SelectMany(c => c.Phones));
    }

    [Fact]
    public async Task Stored_WhatOneLearnerHeard_StaysInMemory()
    {
        await SpeakAsync(Private);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task Stored_EverythingByOption_IsThereAndItsNameTellsNothing()
    {
        await SpeakOnceAsync(Private, new SpeechCacheOptions { Folder = _folder.FullName, StoreEverything = true });
        var file = Assert.Single(_folder.GetFiles());
        Assert.Matches("^[0-9a-f]{40}\\.speech$", file.Name);
        Assert.DoesNotContain("flight", await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("flipped")]
    [InlineData("other")]
    public async Task Stored_Damaged_IsSpokenAnewAndReplaced(string damage)
    {
        await SpeakAsync(Fixed);
        var file = Assert.Single(_folder.GetFiles()).FullName;
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var damaged = damage switch { "cut" => bytes[..(bytes.Length / 2)], "empty" => [], "other" => "something else"u8.ToArray(), _ => Flip(bytes) };
        await File.WriteAllBytesAsync(file, damaged, TestContext.Current.CancellationToken);

        var (cache, chunks) = await SpeakOnceAsync(Fixed);
        Assert.Equal((0, 1), (cache.Read().DiskHits, cache.Read().Misses));
        Assert.Equal(3, chunks.Count);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Assert.Single(_folder.GetFiles()).FullName, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stored_TooMuch_DeletesTheOldest()
    {
        var options = new SpeechCacheOptions { Folder = _folder.FullName, StoreEverything = true, DiskBytes = 160_000 };
        for (var i = 0; i < 10; i++)
        {
            await SpeakOnceAsync($"number {i} here", options);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.InRange(_folder.GetFiles().Sum(f => f.Length), 1, 160_000);
        Assert.Equal(1, (await SpeakOnceAsync("number 9 here", options)).Cache.Read().DiskHits);
        Assert.Equal(0, (await SpeakOnceAsync("number 0 here", options)).Cache.Read().DiskHits);
    }

    [Fact]
    public async Task Stored_TooOld_IsDeletedAtTheStart()
    {
        await SpeakAsync(Fixed);
        _clock.Advance(TimeSpan.FromDays(31));
        var (cache, _) = await SpeakOnceAsync("Hello.");
        Assert.Equal(0, cache.Read().DiskBytes);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public async Task Folder_Unusable_CostsOnlyTheCache()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var (cache, chunks) = await SpeakOnceAsync(Fixed, new SpeechCacheOptions { Folder = Path.Combine(file, "speech") });
        Assert.Equal(3, chunks.Count);
        Assert.Equal(1, cache.Read().Misses);

        var log = new List<string>();
        cache.LogTo(new Lines(log));
        Assert.StartsWith("The speech cache cannot use", Assert.Single(log), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static byte[] Flip(byte[] bytes)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[^10] ^= 1;
        return flipped;
    }

    private async Task<List<SpeechChunk>> SpeakAsync(string text) => (await SpeakOnceAsync(text)).Chunks;

    /// <summary>Speaks in a cache of its own, as in a new process, and waits until what is to be stored is.</summary>
    private async Task<(SpeechCache Cache, List<SpeechChunk> Chunks)> SpeakOnceAsync(string text, SpeechCacheOptions? options = null)
    {
        var cache = new SpeechCache(options ?? new SpeechCacheOptions { Folder = _folder.FullName }, _clock);
        cache.DeclareFixed([Fixed]);
        var engine = CacheUnderTest.Before(cache, new SimulatedSynthesizer(TimeProvider.System), TimeProvider.System);
        var chunks = new List<SpeechChunk>();
        await foreach (var chunk in engine.SynthesizeAsync(new SpeechRequest(text), TestContext.Current.CancellationToken)) { chunks.Add(chunk); }
        await cache.DisposeAsync();
        return (cache, chunks);
    }

    private sealed class Lines(List<string> told) : ILogger<SpeechCache>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            told.Add(formatter(state, exception));
    }
}
