using Parley.Learning.Pronunciation.Reference;
using Parley.Testing.Simulated;
using Parley.Time;

namespace Parley.Learning.Tests.Pronunciation.Reference;

public sealed class NativeVoiceTests
{
    private readonly SimulatedSynthesizer _synthesizer = new(TimeProvider.System);

    [Fact]
    public async Task ReadAsync_SameText_IsSpokenOnce()
    {
        var voice = new NativeVoice(_synthesizer, new SimulatedAligner());

        var first = await ReadAsync(voice, "good morning");
        var again = await ReadAsync(voice, "good morning");

        Assert.NotNull(first);
        Assert.Same(first, again);
        Assert.Single(_synthesizer.Requests);
    }

    [Fact]
    public async Task ReadAsync_ManyTexts_KeepsTheLastOnes()
    {
        var voice = new NativeVoice(_synthesizer, new SimulatedAligner());

        for (var i = 0; i < 40; i++) { await ReadAsync(voice, $"good morning {(char)('a' + (i % 26))} {(char)('a' + (i / 26))}"); }
        await ReadAsync(voice, "good morning n b");
        Assert.Equal(40, _synthesizer.Requests.Count);

        await ReadAsync(voice, "good morning a a");
        Assert.Equal(41, _synthesizer.Requests.Count);
    }

    [Fact]
    public async Task ReadAsync_VoiceFails_IsNoneAndTriedAgain()
    {
        var voice = new NativeVoice(_synthesizer, new SimulatedAligner());
        _synthesizer.Fails = true;
        Assert.Null(await ReadAsync(voice, "good morning"));

        _synthesizer.Fails = false;
        Assert.NotNull(await ReadAsync(voice, "good morning"));
    }

    [Fact]
    public async Task ReadAsync_CallerGivesUp_Throws()
    {
        _synthesizer.Hangs = true;
        using var stop = new CancellationTokenSource();
        var reading = new NativeVoice(_synthesizer, new SimulatedAligner()).ReadAsync(["hello"], stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reading);
    }

    [Fact]
    public async Task ReadAsync_VoiceHangs_IsNoneInTheEnd()
    {
        var time = new VirtualClock();
        _synthesizer.Hangs = true;
        var reading = new NativeVoice(_synthesizer, new SimulatedAligner(), time).ReadAsync(["hello"], TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Null(await reading);
    }

    private static async Task<SpokenText?> ReadAsync(NativeVoice voice, string text) => await voice.ReadAsync(text.Split(' '), TestContext.Current.CancellationToken);
}
