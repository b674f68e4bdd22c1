using Parley.Diagnostics;
using Parley.Policy;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Testing.Contracts;
using Parley.Testing.Simulated;
using Parley.Time;
using Parley.Tts;

namespace Parley.Core.Tests.Resilience;

/// <summary>A chain keeps the port's contract, and its first engine's failure is not heard.</summary>
public sealed class ResilientSynthesizerTests : SpeechSynthesizerContract
{
    private readonly DeterministicScheduler _scheduler = new();
    private readonly SimulatedSynthesizer _first, _second;
    private readonly List<EngineChange> _changes = [];
    private readonly ISpeechSynthesizer _chain;

    public ResilientSynthesizerTests()
    {
        (_first, _second) = (new SimulatedSynthesizer(_scheduler.Clock, "first"), new SimulatedSynthesizer(_scheduler.Clock, "second"));
        _chain = Chain(_scheduler.Clock, _first, _second, new SessionHealth { Changed = _changes.Add });
    }

    protected override ISpeechSynthesizer Engine { get; } = Chain(
        TimeProvider.System, new SimulatedSynthesizer(TimeProvider.System, "broken") { Fails = true }, new SimulatedSynthesizer(TimeProvider.System), null);

    [Fact]
    public void SynthesizeAsync_FirstFailsBeforeAudio_TheSecondSpeaksTheWholeClause()
    {
        _first.Fails = true;

        Assert.Equal(3, Speak("one two three"));
        Assert.Equal(("tts", "first", "second", false), (_changes[0].Stage, _changes[0].From, _changes[0].To, _changes[0].Recovered));
    }

    [Fact]
    public void SynthesizeAsync_FirstHangs_TheSecondSpeaksAfterTheTimeout()
    {
        _first.Hangs = true;
        var began = _scheduler.Clock.Elapsed;

        Assert.Equal(3, Speak("one two three"));
        Assert.Equal(TimeSpan.FromSeconds(2), _scheduler.Clock.Elapsed - began);
        Assert.Equal(0, _first.Active);
    }

    [Fact]
    public void SynthesizeAsync_BreaksOffInMidClause_TheNextClauseIsTheSeconds()
    {
        _first.FailsAfter = 1;
        Assert.Throws<VoiceException>(() => Speak("one two three"));
        Assert.Empty(_changes);

        Assert.Equal(2, Speak("four five"));
        Assert.Equal("second", Assert.Single(_changes).To);

        _first.FailsAfter = null;
        _scheduler.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, Speak("six"));
        Assert.True(_changes[^1].Recovered);
    }

    [Fact]
    public void SynthesizeAsync_UnknownVoice_IsRefusedByTheFirstAlone()
    {
        var failure = Assert.Throws<VoiceException>(() => Speak("one", "nobody"));

        Assert.Equal(FailureClass.UserInput, failure.Class);
        Assert.Contains("first", failure.Message, StringComparison.Ordinal);
    }

    private int Speak(string text, string? voice = null)
    {
        var speaking = _scheduler.Start(async () => await _chain.SynthesizeAsync(new SpeechRequest(text, voice)).CountAsync());
        return _scheduler.Run(speaking, TimeSpan.FromMinutes(1));
    }

    private static ISpeechSynthesizer Chain(TimeProvider time, SimulatedSynthesizer first, SimulatedSynthesizer second, SessionHealth? health) =>
        new EngineChains(new ResilienceOptions(), time).Synthesizer([Handle(first), Handle(second)], health);

    private static EngineHandle<ISpeechSynthesizer> Handle(SimulatedSynthesizer engine) => new(engine.Name, engine, new EngineAttributes { Latency = TimeSpan.Zero }, new EngineTelemetry());
}
