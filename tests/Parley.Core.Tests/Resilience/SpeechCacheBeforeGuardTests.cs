using Parley.Diagnostics;
using Parley.Governance;
using Parley.Policy;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Testing.Simulated;
using Parley.Time;
using Parley.Tts;
using Parley.Tts.Caching;

namespace Parley.Core.Tests.Resilience;

/// <summary>What is in the cache tells nothing of the engine, and one call serves all who ask for the same.</summary>
public sealed class SpeechCacheBeforeGuardTests : IAsyncDisposable
{
    private const string Line = "one two three", Other = "four five";

    private readonly DeterministicScheduler _scheduler = new();
    private readonly SimulatedSynthesizer _voice;
    private readonly EngineTelemetry _telemetry = new();
    private readonly EngineChains _chains;
    private readonly SpeechCache _cache;

    public SpeechCacheBeforeGuardTests()
    {
        _voice = new SimulatedSynthesizer(_scheduler.Clock, "first") { FirstAudioLatency = TimeSpan.FromMilliseconds(300) };
        _cache = new SpeechCache(new SpeechCacheOptions { DiskBytes = 0 }, _scheduler.Clock);
        _chains = new EngineChains(new ResilienceOptions(), _scheduler.Clock, new GovernanceOptions { InitialLimit = 3, MinLimit = 3, MaxLimit = 3 }, _cache);
    }

    private EngineGuard Guard => _chains.Guards.Find(VoiceStage.Tts, "first")!;

    [Fact]
    public async Task SynthesizeAsync_ClauseIsInMemory_NeedsNoPlaceAndMeasuresNothing()
    {
        var session = Session();
        Speak(session, Line);
        var before = _telemetry.Read();
        await TakeAllPlacesAsync();

        var began = _scheduler.Clock.Elapsed;
        Assert.Equal(3, Speak(session, Line));

        Assert.Equal(TimeSpan.Zero, _scheduler.Clock.Elapsed - began);
        Assert.Equal(before, _telemetry.Read());
    }

    [Fact]
    public void SynthesizeAsync_ClauseIsInMemory_AnEngineThatFailedStaysDoubted()
    {
        var (session, changes) = (Session(), new List<EngineChange>());
        Speak(session, Line);
        _voice.Fails = true;
        Assert.Throws<VoiceException>(() => Speak(session, Other));

        Assert.Equal(3, Speak(Session(new SessionHealth { Changed = changes.Add }), Line));

        Assert.True(Guard.IsDoubted);
        Assert.Empty(changes);
    }

    [Fact]
    public void SynthesizeAsync_ClauseIsInMemory_AHalfOpenBreakerStaysHalfOpen()
    {
        var session = Session();
        Speak(session, Line);
        _voice.Fails = true;
        for (var i = 0; i < 3; i++) { Assert.Throws<VoiceException>(() => Speak(session, $"{Other} {i}")); }
        Assert.Equal(BreakerState.Open, Guard.State);
        _scheduler.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(3, Speak(session, Line));

        Assert.Equal(BreakerState.HalfOpen, Guard.State);
    }

    [Fact]
    public void SynthesizeAsync_ThreeSessionsShareALateCall_OneFailureIsCounted()
    {
        _voice.Hangs = true;
        var speaking = Enumerable.Range(0, 3).Select(_ => Start(Session(), Line)).ToList();
        _scheduler.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, 1), (_voice.Active, Guard.Slots.Read().InUse));

        _scheduler.Advance(TimeSpan.FromSeconds(9));

        Assert.All(speaking, s => Assert.IsType<VoiceException>(s.Exception!.InnerException));
        Assert.Equal((1, 1), (_telemetry.Read().Calls, _telemetry.Read().Failures));
        Assert.Equal(BreakerState.Closed, Guard.State);
    }

    [Fact]
    public void SynthesizeAsync_ThreeSessionsShareACallThatBreaksOff_OneFailureIsCounted()
    {
        _voice.FailsAfter = 1;
        var speaking = Enumerable.Range(0, 3).Select(_ => Start(Session(), Line)).ToList();

        _scheduler.Advance(TimeSpan.FromSeconds(1));

        Assert.All(speaking, s => Assert.IsType<VoiceException>(s.Exception!.InnerException));
        Assert.Equal((1, 1), (_telemetry.Read().Calls, _telemetry.Read().Failures));
        Assert.Equal(BreakerState.Closed, Guard.State);
    }

    [Fact]
    public async Task SynthesizeAsync_InTheBackground_ItsTimeBeginsWithItsTurn()
    {
        var places = await TakeAllPlacesAsync();
        var speaking = Start(Session(), Line, CallPriority.Background);
        _scheduler.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, _voice.Active);

        places[0].Dispose();
        Assert.Equal(3, _scheduler.Run(speaking, TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromMilliseconds(300), _telemetry.Read().Ewma);
    }

    [Fact]
    public async Task SynthesizeAsync_SameClauseWaitsInTheBackground_IsSpokenBeforeAndTheOtherGivesWay()
    {
        var places = await TakeAllPlacesAsync();
        var background = Start(Session(), Line, CallPriority.Background);
        _scheduler.Advance(TimeSpan.FromSeconds(10));

        var speaking = Start(Session(), Line);
        _scheduler.Advance(TimeSpan.FromSeconds(1));
        places[0].Dispose();

        Assert.Equal(3, _scheduler.Run(speaking, TimeSpan.FromSeconds(1)));
        Assert.True(background.IsCanceled);
        Assert.Equal((1L, 0), (_telemetry.Read().Calls, Guard.Slots.Read().Waiting));
    }

    [Fact]
    public void SynthesizeAsync_NothingIsSpeakable_MeasuresNothing()
    {
        Assert.Equal(0, Speak(Session(), "..."));

        Assert.Equal(1, _telemetry.Read().Calls);
        Assert.Null(_telemetry.Read().Ewma);
    }

    public ValueTask DisposeAsync() => _cache.DisposeAsync();

    private async Task<IReadOnlyList<EngineLease>> TakeAllPlacesAsync()
    {
        _ = Session();
        var places = new List<EngineLease>();
        while (places.Count < 3) { places.Add(await Guard.Slots.EnterAsync(default, TestContext.Current.CancellationToken)); }
        return places;
    }

    private ISpeechSynthesizer Session(SessionHealth? health = null) => _chains.Synthesizer(
        [new EngineHandle<ISpeechSynthesizer>("first", _voice, new EngineAttributes(), _telemetry)], health ?? new SessionHealth());

    private int Speak(ISpeechSynthesizer voice, string text) => _scheduler.Run(Start(voice, text), TimeSpan.FromMinutes(1));

    private Task<int> Start(ISpeechSynthesizer voice, string text, CallPriority priority = CallPriority.Interactive) => _scheduler.Start(async () =>
    {
        var chunks = 0;
        await foreach (var chunk in voice.SynthesizeAsync(new SpeechRequest(text) { Priority = priority }, CancellationToken.None)) { chunks += chunk.Samples.Length > 0 ? 1 : 0; }
        return chunks;
    });
}
