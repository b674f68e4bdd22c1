using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Parley.Replies;
using Parley.Tts;
using Parley.Tts.Caching;

namespace Parley.Core.Tests.Tts.Caching;

/// <summary>What is spoken beforehand costs nobody anything, whatever becomes of it.</summary>
public sealed class SpeechPrefetcherTests : IDisposable
{
    private readonly CacheUnderTest _test = new();
    private readonly Notes _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SpeechPrefetcher _prefetcher;
    private readonly Task _loop;

    public SpeechPrefetcherTests()
    {
        _prefetcher = new SpeechPrefetcher(_test.Cache, _test.Scheduler.Clock, _log);
        _loop = _test.Scheduler.Start(() => _prefetcher.RunAsync(_stop.Token));
    }

    [Fact]
    public async Task RunAsync_EngineHangs_IsGivenUpAndTheLoopGoesOn()
    {
        _test.Inner.Hangs = true;
        Expect("Good morning.");
        _test.Advance(1_000);
        Assert.Equal(1, _test.Inner.Active);

        _test.Advance(9_000);
        Assert.Equal(0, _test.Inner.Active);
        _test.Inner.Hangs = false;
        Expect("Good evening.");
        _test.Advance(1_000);

        Assert.Equal(1, _test.Cache.Read().Prefetched);
        Assert.Equal(2, await HeardAtOnceAsync("Good evening."));
    }

    [Fact]
    public async Task SynthesizeAsync_SameClauseHangsInTheBackground_IsSpokenAnewAndTheOtherStops()
    {
        _test.Inner.Hangs = true;
        Expect("Good morning.");
        _test.Advance(1_000);
        _test.Inner.Hangs = false;

        var heard = _test.Listen("Good morning.");
        _test.Advance(200);

        Assert.True(heard.IsCompleted);
        Assert.Equal(2, await heard);
        Assert.Equal(0, _test.Inner.Active);
    }

    [Fact]
    public async Task SynthesizeAsync_SameClauseIsBeingSpokenInTheBackground_IsHeardFromItsBeginning()
    {
        Expect("Good morning.");
        _test.Advance(120);
        var heard = _test.Listen("Good morning.");
        _test.Advance(40);

        Assert.True(heard.IsCompleted);
        Assert.Equal((2, 1L), (await heard, _test.Cache.Read().Joined));
    }

    [Fact]
    public void RunAsync_SomebodyWaitsForSpeechAllTheTime_SpeaksNothing()
    {
        _test.Inner.ChunkInterval = TimeSpan.FromSeconds(5);
        _ = _test.Listen("one two three four five");
        Expect("Good morning.");

        _test.Advance(19_000);
        Assert.Equal(1, _test.Inner.Active);
        _test.Advance(60_000);

        Assert.Equal(0, _test.Cache.Read().Prefetched);
    }

    [Fact]
    public async Task RunAsync_EngineOrPreviewThrowsWhatItShouldNot_TheLoopGoesOnAndTheLogKeepsTheText()
    {
        Expect("Good morning.", new Broken());
        _prefetcher.Expect(Likely(_ => throw new NotSupportedException("Good morning."), _test.Engine));
        Expect("Good evening.");
        _test.Advance(1_000);

        Assert.False(_loop.IsCompleted);
        Assert.Equal(2, await HeardAtOnceAsync("Good evening."));
        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("Tts", _log.Lines[0], StringComparison.Ordinal);
        Assert.Contains("broken", _log.Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Lines, l => l.Contains("morning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PrefillAsync_LineIsMissing_LeavesTheFirstTurnsAlone()
    {
        await SpeakAsync("Well done.");
        var filling = Prefill("Well done.", "Good morning.", "Good evening.");
        _test.Advance(4_900);
        Assert.Equal((0, 1), (_test.Inner.Active, _test.Slots.Read().Waiting));

        _test.Advance(200);
        Assert.Equal((1, 0), (_test.Inner.Active, _test.Slots.Read().Waiting));
        _test.Advance(1_000);

        Assert.True(filling.IsCompleted);
        Assert.Equal(2, _test.Cache.Read().Prefetched);
    }

    [Fact]
    public async Task PrefillAsync_SessionAsksForTheLineMeanwhile_GoesOnWithTheNext()
    {
        var filling = Prefill("Good morning.", "Good evening.");
        _test.Advance(1_000);
        await SpeakAsync("Good morning.");
        _test.Advance(2_900);
        Assert.Equal(0, _test.Cache.Read().Prefetched);
        _test.Advance(1_000);

        Assert.True(filling.IsCompleted);
        Assert.Equal((1L, 1L), (_test.Cache.Read().Prefetched, _test.Cache.Read().Misses));
    }

    [Fact]
    public void PrefillAsync_EngineFails_StopsThere()
    {
        _test.Inner.Fails = true;
        var filling = Prefill("Good morning.", "Good evening.");
        _test.Advance(60_000);

        Assert.True(filling.IsCompletedSuccessfully);
        Assert.Single(_log.Lines);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Expect(string reply, ISpeechSynthesizer? voice = null)
    {
        _prefetcher.Expect(Likely(_ => reply, voice ?? _test.Engine));
        _test.Scheduler.RunUntilIdle();
    }

    private Task Prefill(params string[] lines) => _test.Scheduler.Start(() => _prefetcher.PrefillAsync(_test.Engine, lines, "en-US", _stop.Token));

    private async Task SpeakAsync(string text)
    {
        var heard = _test.Listen(text);
        _test.Advance(1_000);
        Assert.True(await heard > 0);
    }

    private static LikelyReplies Likely(Func<string, string> answer, ISpeechSynthesizer voice) =>
        new(new Foreseen(answer), [], new ChatOptions(), [new Suggestion("1", "Hello.")], voice, null, "en-US");

    private Task<int> HeardAtOnceAsync(string text)
    {
        var heard = _test.Listen(text);
        Assert.True(heard.IsCompleted, "It was not in the cache.");
        return heard;
    }

    private sealed class Foreseen(Func<string, string> answer) : IChatClient, IReplyPreview
    {
        public string Preview(IReadOnlyList<ChatMessage> messages, ChatOptions? options) => answer(messages[^1].Text);

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException();

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public void Dispose()
        {
        }
    }

    private sealed class Broken : ISpeechSynthesizer
    {
        public string Name => "broken";

        public IReadOnlyList<string> Voices => [];

        public bool Supports(string language) => true;

        public IAsyncEnumerable<SpeechChunk> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException(request.Text);
    }

    private sealed class Notes : ILogger<SpeechPrefetcher>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{formatter(state, exception)} {exception}");
    }
}
