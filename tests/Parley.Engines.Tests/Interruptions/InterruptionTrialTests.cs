using Parley.Flite.Tts;
using Parley.Onnx.Vad;
using Parley.Testing;
using Parley.Testing.Speech;
using Parley.Vad;

namespace Parley.Engines.Tests.Interruptions;

/// <summary>Sounds during a reply, heard by a real detector and judged by the sound alone, without a recogniser.</summary>
public sealed class InterruptionTrialTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CoughsBreathsKeysAndHums_HeardBySilero_DoNotStopTheAssistant()
    {
        using var vad = Silero();

        var outcomes = await PlayAsync(vad, InterruptionTrials.Noises());

        Assert.InRange(outcomes.Count(o => o.Outcome.Stopped), 0, 2);
    }

    [Fact]
    public async Task CoughsBreathsKeysAndHums_HeardByTheEnergyDetector_DoNotStopTheAssistant()
    {
        var outcomes = await PlayAsync(new EnergyVoiceActivityDetector(), InterruptionTrials.Noises());

        Assert.InRange(outcomes.Count(o => o.Outcome.Stopped), 0, 2);
    }

    [Fact]
    public async Task PeoplesSentences_StopTheAssistant()
    {
        using var vad = Silero();
        string[] files = ["jfk", "austen-0870", "austen-0880", "austen-0930", "cards-005"];

        var outcomes = await PlayAsync(vad, InterruptionTrials.Sentences(files.Select(file => SharedData.Find($"speech/{file}.wav"))));

        Assert.All(outcomes, o => Assert.True(o.Outcome.Stopped, $"{o.Trial.Label}: {o.Outcome}"));
    }

    [Fact]
    public async Task OwnVoice_ClientHoldsPlaybackAsItIsTold_DoesNotStopTheAssistant()
    {
        Assert.SkipUnless(FliteEngine.Probe().Available, "Flite is not installed.");
        using var vad = Silero();
        var trials = await InterruptionTrials.SpokenAsync(new FliteSynthesizer(), ["slt"], Cancellation);

        var outcomes = await PlayAsync(vad, trials.Where(t => t.Group == "echo" && t.Label.EndsWith("0.1", StringComparison.Ordinal)));

        Assert.Equal(4, outcomes.Count);
        Assert.All(outcomes, o => Assert.False(o.Outcome.Stopped, $"{o.Trial.Label}: {o.Outcome}"));
    }

    private static SileroVoiceActivityDetector Silero()
    {
        Assert.SkipUnless(SileroVoiceActivityDetector.Register().Probe().Available, "Silero is not installed.");
        return new SileroVoiceActivityDetector();
    }

    private static async Task<IReadOnlyList<(InterruptionTrial Trial, InterruptionOutcome Outcome)>> PlayAsync(
        IVoiceActivityDetector vad, IEnumerable<InterruptionTrial> trials)
    {
        var outcomes = new List<(InterruptionTrial, InterruptionOutcome)>();
        foreach (var trial in trials) { outcomes.Add((trial, await InterruptionOutcome.PlayAsync(vad, null, trial, TimeSpan.Zero, Cancellation))); }
        return outcomes;
    }
}
