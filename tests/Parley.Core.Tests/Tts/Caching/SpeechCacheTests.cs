using Parley.Diagnostics;
using Parley.Tts.Caching;

namespace Parley.Core.Tests.Tts.Caching;

public sealed class SpeechCacheTests
{
    private const string Text = "one two three four five";

    [Fact]
    public async Task SynthesizeAsync_Again_CostsNoTime()
    {
        var test = new CacheUnderTest();
        var first = test.Listen(Text);
        test.Advance(1_000);
        Assert.Equal(5, await first);

        var second = test.Listen(Text);
        Assert.True(second.IsCompleted);
        Assert.Equal(5, await second);
        Assert.Equal((1, 1), (test.Cache.Read().MemoryHits, test.Cache.Read().Misses));
    }

    [Fact]
    public void SynthesizeAsync_New_GivesItsFirstAudioAsSoonAsTheEngine()
    {
        var test = new CacheUnderTest();
        var got = 0;
        var listening = test.Scheduler.Start(async () =>
        {
            await foreach (var chunk in test.Engine.SynthesizeAsync(new(Text), TestContext.Current.CancellationToken)) { got += chunk.Samples.Length > 0 ? 1 : 0; }
        });
        test.Advance(99);
        Assert.Equal(0, got);
        test.Advance(1);
        Assert.Equal(1, got);
        test.Advance(50);
        Assert.Equal(2, got);
        Assert.False(listening.IsCompleted);
    }

    [Fact]
    public async Task SynthesizeAsync_ManyAtOnce_IsSpokenOnce()
    {
        var test = new CacheUnderTest();
        var first = test.Listen(Text);
        test.Advance(120);
        var late = test.Listen(Text);
        Assert.Equal(1, test.Inner.Active);
        test.Advance(1_000);
        Assert.Equal((5, 5), (await first, await late));
        Assert.Equal((1, 1), (test.Cache.Read().Misses, test.Cache.Read().Joined));
    }

    [Fact]
    public async Task SynthesizeAsync_FirstListenerLeaves_TheOtherHearsItAll()
    {
        var test = new CacheUnderTest();
        using var leave = new CancellationTokenSource();
        var first = test.Listen(Text, leave);
        test.Advance(120);
        var second = test.Listen(Text);
        await leave.CancelAsync();
        test.Advance(1_000);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(5, await second);
    }

    [Fact]
    public async Task SynthesizeAsync_LastListenerLeaves_TheEngineStopsAndTheNextOneBeginsAnew()
    {
        var test = new CacheUnderTest();
        using var leave = new CancellationTokenSource();
        var first = test.Listen(Text, leave);
        test.Advance(120);
        await leave.CancelAsync();
        test.Advance(0);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(0, test.Inner.Active);

        var second = test.Listen(Text);
        test.Advance(1_000);
        Assert.Equal(5, await second);
        Assert.Equal(2, test.Cache.Read().Misses);
    }

    [Fact]
    public async Task SynthesizeAsync_EngineFails_EverybodyLearnsItAndNothingIsKept()
    {
        var test = new CacheUnderTest();
        test.Inner.Fails = true;
        var failed = test.Listen(Text);
        await Assert.ThrowsAsync<VoiceException>(() => failed);
        test.Inner.Fails = false;
        var again = test.Listen(Text);
        test.Advance(1_000);
        Assert.Equal(5, await again);
    }

    [Fact]
    public async Task Memory_Full_ForgetsWhatWasNotUsedForLongest()
    {
        // A word is 9 600 bytes; five lines of one word fit, and one more drives out the oldest.
        var test = new CacheUnderTest(new SpeechCacheOptions { DiskBytes = 0, MemoryBytes = 55_000 });
        foreach (var word in new[] { "a1", "b1", "c1", "d1", "e1" }) { await SpeakAsync(test, word); }
        await SpeakAsync(test, "a1");
        await SpeakAsync(test, "f1");
        var before = test.Cache.Read();
        await SpeakAsync(test, "a1");
        Assert.Equal(before.MemoryHits + 1, test.Cache.Read().MemoryHits);
        await SpeakAsync(test, "b1");
        Assert.Equal(before.Misses + 1, test.Cache.Read().Misses);
        Assert.InRange(test.Cache.Read().MemoryBytes, 1, 55_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task SynthesizeAsync_AnyOrderOfComingAndLeaving_HearsAllOrThrows(int seed)
    {
        for (var round = 0; round < 100; round++)
        {
            var random = new Random(seed * 1_000 + round);
            var test = new CacheUnderTest(new SpeechCacheOptions { DiskBytes = 0, MemoryBytes = random.Next(2) * 200_000 });
            var listeners = new List<(Task<int> Task, CancellationTokenSource Leave, int Words)>();
            for (var step = 0; step < 30; step++)
            {
                if (random.Next(2) == 0)
                {
                    var words = 1 + random.Next(3);
                    var leave = new CancellationTokenSource();
                    listeners.Add((test.Listen(string.Join(' ', Enumerable.Repeat("word", words)), leave), leave, words));
                }
                else if (listeners.Count > 0 && random.Next(2) == 0) { await listeners[random.Next(listeners.Count)].Leave.CancelAsync(); }
                test.Advance(random.Next(90));
            }
            test.Advance(5_000);

            foreach (var (task, leave, words) in listeners)
            {
                Assert.True(task.IsCompleted, $"Somebody waits for ever (seed {seed}, round {round}).");
                if (task.IsCompletedSuccessfully) { Assert.Equal(words, await task); }
                else { Assert.True(task.IsCanceled && leave.IsCancellationRequested, $"{task.Exception}"); }
                leave.Dispose();
            }
            Assert.Equal(0, test.Inner.Active);
            Assert.False(test.Cache.IsBusy);
        }
    }

    private static async Task SpeakAsync(CacheUnderTest test, string text)
    {
        var speaking = test.Listen(text);
        test.Advance(1_000);
        Assert.Equal(1, await speaking);
    }
}
