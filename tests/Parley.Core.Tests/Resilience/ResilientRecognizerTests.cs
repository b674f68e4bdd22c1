using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Governance;
using Parley.Policy;
using Parley.Policy.Hybrid;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Testing.Simulated;
using Parley.Time;

namespace Parley.Core.Tests.Resilience;

public sealed class ResilientRecognizerTests
{
    private readonly DeterministicScheduler _scheduler = new();
    private readonly SimulatedRecognizer _first, _second;
    private readonly List<EngineChange> _changes = [];
    private readonly List<PartialTranscript> _partials = [];
    private readonly EngineTelemetry _telemetry = new();
    private readonly ResilienceOptions _options = new() { Asr = new() { Timeout = TimeSpan.FromSeconds(2), Retries = 0 } };
    private readonly EngineChains _chains;
    private readonly ISpeechRecognizer _chain;
    private TimeSpan _finalAt;

    public ResilientRecognizerTests()
    {
        _first = new SimulatedRecognizer(_scheduler.Clock, "first") { Texts = ["hello there my friend"] };
        _second = new SimulatedRecognizer(_scheduler.Clock, "second") { Texts = ["hello there my friend"] };
        _chains = new EngineChains(_options, _scheduler.Clock, new GovernanceOptions { InitialLimit = 10, MinLimit = 1, InteractiveWait = TimeSpan.FromMilliseconds(50) });
        _chain = _chains.Recognizer([Handle(_first) with { Telemetry = _telemetry }, Handle(_second)], new SessionHealth { Changed = _changes.Add });
    }

    private EngineGuard FirstGuard => _chains.Guards.Find(VoiceStage.Asr, "first")!;

    [Fact]
    public void FinishAsync_AllIsWell_TheFirstGivesTheFinalAndThePartials()
    {
        var final = Hear(1_200);

        Assert.Equal(("hello there my friend", "first"), (final.Text, final.Engine));
        Assert.Equal(["hello", "hello there", "hello there my", "hello there my friend"], _partials.Select(p => p.Text));
        Assert.Empty(_second.Requests);
        Assert.Empty(_changes);
    }

    [Fact]
    public void FinishAsync_FirstFails_TheSecondHearsTheUtteranceFromItsBegin()
    {
        _first.Fails = true;

        var final = Hear(1_200);

        Assert.Equal(("hello there my friend", "second"), (final.Text, final.Engine));
        Assert.Equal(TimeSpan.FromMilliseconds(1_200), AudioOf(_second));
        Assert.Equal(("asr", "first", "second"), (_changes[0].Stage, _changes[0].From, _changes[0].To));
        Assert.Equal(0, _first.OpenStreams + _second.OpenStreams);
    }

    [Fact]
    public void FinishAsync_FirstHangs_TheSecondIsHeardAfterTheTimeout()
    {
        _first.Hangs = true;
        var began = _scheduler.Clock.Elapsed;

        Assert.Equal("second", Hear(1_200).Engine);
        Assert.Equal(TimeSpan.FromSeconds(2), _scheduler.Clock.Elapsed - began - TimeSpan.FromMilliseconds(1_200));
        Assert.Equal(0, _first.OpenStreams + _second.OpenStreams);
    }

    [Fact]
    public void FinishAsync_FirstHangsAndSoDoesItsDisposal_TheSecondIsHeardAfterTheTimeout()
    {
        (_first.Hangs, _first.DisposalHangs) = (true, true);
        var began = _scheduler.Clock.Elapsed;

        Assert.Equal("second", Hear(1_200).Engine);
        Assert.Equal(TimeSpan.FromSeconds(2), _finalAt - began - TimeSpan.FromMilliseconds(1_200));
        Assert.Equal(0, _second.OpenStreams);
    }

    [Fact]
    public void FinishAsync_FirstHangs_TakesAPlaceAway()
    {
        _first.Hangs = true;
        Hear(1_200);

        Assert.Equal((9, 0), (FirstGuard.Slots.Read().Limit, FirstGuard.Slots.Read().InUse));
        Assert.Equal((1, 0), (_telemetry.Read().Failures, _telemetry.Read().InFlight));
    }

    [Fact]
    public void FinishAsync_FirstHasTooMuchToDo_TheSecondIsHeardAndNothingIsHeldAgainstTheFirst()
    {
        var places = Enumerable.Range(0, 10).Select(_ => FirstGuard.Slots.EnterAsync(default, CancellationToken.None).AsTask().Result).ToList();

        Assert.Equal("second", Hear(1_200).Engine);

        places.ForEach(p => p.Dispose());
        var readings = _telemetry.Read();
        Assert.Equal((0, 0, 0), (readings.Calls, readings.Failures, readings.InFlight));
        Assert.False(FirstGuard.IsDoubted);
    }

    [Fact]
    public void FinishAsync_TheBeginIsForgotten_WordsHaveTheTimesOfTheUtterance()
    {
        _options.MaxReplayAudio = TimeSpan.FromSeconds(1);
        _first.BreaksAfter = TimeSpan.FromSeconds(1.5);
        var words = Hear(3_000, _chains.Recognizer([Handle(_first), Handle(_second)])).Words;

        Assert.Equal((TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(3)), (words[0].Start, words[^1].End));
    }

    [Fact]
    public void FinishAsync_AFrameIsLongerThanWhatIsKept_TheSecondHearsItAllTheSame()
    {
        _options.MaxReplayAudio = TimeSpan.FromSeconds(1);
        _first.Fails = true;
        var final = Hear(3_000, _chains.Recognizer([Handle(_first), Handle(_second)]), frame: 1_500);

        Assert.Equal("second", final.Engine);
        Assert.Equal(TimeSpan.FromSeconds(1.5), AudioOf(_second));
    }

    [Fact]
    public void OpenAsync_FirstIsLate_IsToldToStop()
    {
        _first.OpenLatency = TimeSpan.FromSeconds(5);

        Assert.Equal("second", Hear(1_200).Engine);
        _scheduler.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(_first.Requests);
    }

    [Fact]
    public void OpenAsync_FirstIsLateAndDoesNotListen_ItsStreamIsDisposedWhenItComes()
    {
        (_first.OpenLatency, _first.IsDeaf) = (TimeSpan.FromSeconds(5), true);

        Assert.Equal("second", Hear(1_200).Engine);
        _scheduler.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(_first.Requests);
        Assert.Equal(0, _first.OpenStreams);
    }

    [Fact]
    public void ReadPartialsAsync_FirstBreaksInMidSpeech_GoesOnWithoutShrinking()
    {
        _first.BreaksAfter = TimeSpan.FromMilliseconds(660);

        var final = Hear(1_500);

        Assert.Equal("second", final.Engine);
        Assert.Equal(TimeSpan.FromMilliseconds(1_500), AudioOf(_second));
        Assert.Equal("hello there my friend", _partials[^1].Text);
        for (var i = 1; i < _partials.Count; i++)
        {
            Assert.True(_partials[i].Text.Length >= _partials[i - 1].Text.Length, "A partial shrank.");
            Assert.StartsWith(_partials[i - 1].Text[.._partials[i - 1].StableLength], _partials[i].Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ReadPartialsAsync_TheSecondUnderstandsOtherwise_ShowsNothingThatTakesBackWhatWasPromised()
    {
        _first.BreaksAfter = TimeSpan.FromMilliseconds(660);
        _second.Texts = ["yellow chairs buy trends for ever"];

        var final = Hear(2_000);

        Assert.Equal("yellow chairs buy trends for ever", final.Text);
        Assert.All(_partials, p => Assert.StartsWith("hello", p.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void FinishAsync_AllFail_TellsTheFirstFailureAndLeavesNothingOpen()
    {
        (_first.Fails, _second.Fails) = (true, true);

        Assert.Equal("Simulated failure.", Assert.Throws<VoiceException>(() => Hear(600)).Message);
        Assert.Equal(0, _first.OpenStreams + _second.OpenStreams);
    }

    [Fact]
    public void DisposeAsync_BeforeTheFinal_GivesEverythingBack()
    {
        var opened = _scheduler.Start(async () =>
        {
            var stream = await _chain.OpenAsync(new RecognitionRequest());
            stream.Write(Frame(0));
            await stream.DisposeAsync();
        });

        _scheduler.Run(opened, TimeSpan.FromSeconds(1));

        Assert.Equal(0, _first.OpenStreams + _second.OpenStreams);
    }

    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(1, 0, false)]
    [InlineData(3, 1, true)]
    [InlineData(3, 1, false)]
    public void FinishAsync_LastGivesNothingAndIsGivenUp_CountsAsLateFromTheTimeoutOn(int seconds, int failures, bool isCancelled)
    {
        _first.Hangs = true;
        var alone = _chains.Recognizer([Handle(_first) with { Telemetry = _telemetry }]);
        using var cancel = new CancellationTokenSource();
        var finishing = _scheduler.Start(async () =>
        {
            await using var stream = await alone.OpenAsync(new RecognitionRequest());
            stream.Write(Frame(0));
            var final = stream.FinishAsync(cancel.Token);
            await Task.Delay(TimeSpan.FromSeconds(seconds), _scheduler.Clock);
            if (isCancelled) { cancel.Cancel(); }
            else { await stream.DisposeAsync(); }
            await final;
        });

        Assert.ThrowsAny<OperationCanceledException>(() => _scheduler.Run(finishing, TimeSpan.FromSeconds(10)));
        Assert.Equal((failures, 0), (_telemetry.Read().Failures, _telemetry.Read().InFlight));
        Assert.Equal(failures == 1, FirstGuard.IsDoubted);
    }

    [Fact]
    public void RefineAsync_RefinerHangs_CountsAsLate()
    {
        _first.Hangs = true;
        var hybrid = new HybridRecognizer(_second, _chains.Recognizer([Handle(_first) with { Telemetry = _telemetry }]), _options.Asr.Timeout, _scheduler.Clock);
        var refining = _scheduler.Start(async () =>
        {
            await using var stream = await hybrid.OpenAsync(new RecognitionRequest());
            stream.Write(Frame(0));
            await stream.FinishAsync();
            return await stream.RefineAsync();
        });

        Assert.Null(_scheduler.Run(refining, TimeSpan.FromSeconds(10)));
        Assert.Equal((1, 0), (_telemetry.Read().Failures, _telemetry.Read().InFlight));
    }

    [Fact]
    public void DisposeAsync_JustWhenTheSecondTakesOver_GivesEverythingBack()
    {
        _first.BreaksAfter = TimeSpan.FromMilliseconds(20);
        var second = new HeldRecognizer();
        var chain = _chains.Recognizer([Handle(_first), new("second", second, new EngineAttributes { Latency = TimeSpan.Zero }, new EngineTelemetry())]);
        IRecognitionStream? stream = null;
        var reading = _scheduler.Start(async () =>
        {
            stream = await chain.OpenAsync(new RecognitionRequest());
            stream.Write(Frame(0));
            await ReadAsync(stream);
        });
        _scheduler.Advance(TimeSpan.FromMilliseconds(100));
        var late = _scheduler.Run(_scheduler.Start(async () => await _second.OpenAsync(new RecognitionRequest())), TimeSpan.FromSeconds(1));

        second.Opened.SetResult(late); // What follows waits for the scheduler.
        var disposing = stream!.DisposeAsync().AsTask();
        _scheduler.Run(Task.WhenAll(reading, disposing), TimeSpan.FromSeconds(1));

        Assert.Equal(0, _first.OpenStreams + _second.OpenStreams);
    }

    [Fact]
    public void DisposeAsync_DisposalHangs_IsLeftBehind()
    {
        _first.DisposalHangs = true;
        var opened = _scheduler.Start(async () => await (await _chain.OpenAsync(new RecognitionRequest())).DisposeAsync());

        _scheduler.Run(opened, TimeSpan.FromSeconds(1));

        Assert.Equal(0, _telemetry.Read().InFlight);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    public void FinishAsync_AnyMishaps_OneFinalComesAndNothingStaysOpen(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            _scheduler.Advance(TimeSpan.FromMinutes(2));
            _first.Fails = random.Next(3) == 0;
            _first.Hangs = random.Next(4) == 0;
            _first.BreaksAfter = random.Next(3) == 0 ? TimeSpan.FromMilliseconds(random.Next(0, 1_500)) : null;
            _first.FinalLatency = TimeSpan.FromMilliseconds(random.Next(0, 3_000));
            _second.FinalLatency = TimeSpan.FromMilliseconds(random.Next(0, 500));

            Assert.Equal("hello there my friend", Hear(random.Next(20, 1_600)).Text);
            Assert.Equal(0, _first.OpenStreams + _second.OpenStreams);
        }
    }

    /// <summary>An utterance at real-time pace, heard as a session does.</summary>
    private FinalTranscript Hear(int milliseconds, ISpeechRecognizer? chain = null, int frame = 20)
    {
        _partials.Clear();
        var hearing = _scheduler.Start(async () =>
        {
            await using var stream = await (chain ?? _chain).OpenAsync(new RecognitionRequest());
            var reading = ReadAsync(stream);
            for (var t = 0; t < milliseconds; t += frame)
            {
                stream.Write(Frame(t, frame));
                await Task.Delay(TimeSpan.FromMilliseconds(frame), _scheduler.Clock);
            }
            var final = await stream.FinishAsync();
            _finalAt = _scheduler.Clock.Elapsed;
            await reading;
            return final;
        });
        return _scheduler.Run(hearing, TimeSpan.FromMinutes(2));
    }

    private async Task ReadAsync(IRecognitionStream stream)
    {
        await foreach (var partial in stream.ReadPartialsAsync()) { _partials.Add(partial); }
    }

    private static AudioFrame Frame(int at, int length = 20) => new(new short[16 * length], 16_000, TimeSpan.FromMilliseconds(at));

    private static TimeSpan AudioOf(SimulatedRecognizer recognizer) => recognizer.LastAudio.Aggregate(TimeSpan.Zero, (sum, f) => sum + f.Duration);

    private static EngineHandle<ISpeechRecognizer> Handle(SimulatedRecognizer engine) => new(engine.Name, engine, new EngineAttributes { Latency = TimeSpan.Zero }, new EngineTelemetry());

    /// <summary>Its stream is open when the test says so.</summary>
    private sealed class HeldRecognizer : ISpeechRecognizer
    {
        public string Name => "held";

        public TaskCompletionSource<IRecognitionStream> Opened { get; } = new();

        public ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default) => new(Opened.Task);
    }
}
