using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Replies;
using Parley.Tts.Caching;

namespace Parley.Core.Tests.Tts.Caching;

/// <summary>What is spoken beforehand costs nobody anything, whatever becomes of it.</summary>
public sealed class SpeechPrefetcherTests : IDisposable
{
    private readonly CacheUnderTest _test = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SpeechPrefetcher _prefetcher;

    public SpeechPrefetcherTests()
    {
        _prefetcher = new SpeechPrefetcher(_test.Cache, _test.Scheduler.Clock, NullLogger<SpeechPrefetcher>.Instance);
        _test.Scheduler.Start(() => _prefetcher.RunAsync(_stop.Token));
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

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Expect(string reply)
    {
        _prefetcher.Expect(new LikelyReplies(new Foreseen(reply), [], new ChatOptions(), [new Suggestion("1", "Hello.")], _test.Engine, null, "en-US"));
        _test.Scheduler.RunUntilIdle();
    }

    private Task<int> HeardAtOnceAsync(string text)
    {
        var heard = _test.Listen(text);
        Assert.True(heard.IsCompleted, "It was not in the cache.");
        return heard;
    }

    private sealed class Foreseen(string answer) : IChatClient, IReplyPreview
    {
        public string Preview(IReadOnlyList<ChatMessage> messages, ChatOptions? options) => answer;

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException();

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public void Dispose()
        {
        }
    }
}
