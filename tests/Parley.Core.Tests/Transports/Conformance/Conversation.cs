using Microsoft.Extensions.Logging.Abstractions;
using Parley.Diagnostics;
using Parley.Pipeline;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Time;
using Parley.Timeline;
using Parley.Vad;

namespace Parley.Core.Tests.Transports.Conformance;

/// <summary>A server with simulated engines on the virtual clock, and a client of some dialect that acts a script.</summary>
#pragma warning disable CA1001 // What it owns is memory alone.
internal sealed class Conversation
#pragma warning restore CA1001
{
    private const int FrameMs = SimulatedVoice.VowelMs;

    private readonly IDialect _dialect;
    private readonly SessionServices _services;
    private readonly InMemorySessionStore _store;
    private readonly short[] _voice;
    private readonly bool _isHandHeld;
    private readonly List<Task> _runs = [];
    private InMemoryLine _line = new();
    private string? _session;
    private int _said;

    /// <param name="dialect">Makes the client; the clock is the conversation's.</param>
    /// <param name="engines">Changes the engines before the session begins.</param>
    /// <param name="isHandHeld">Whether the user holds a button while speaking.</param>
    public Conversation(Func<TimeProvider, IDialect> dialect, Action<SimulatedEngines>? engines = null, bool isHandHeld = false)
    {
        (_dialect, _isHandHeld) = (dialect(Scheduler.Clock), isHandHeld);
        _voice = SimulatedVoice.Vowels(_dialect.SampleRate);
        Engines = new SimulatedEngines(Scheduler.Clock);
        engines?.Invoke(Engines);
        _store = new InMemorySessionStore(Scheduler.Clock);
        var ids = 0;
        _services = new SessionServices(Engines, new ParleyMetrics(), Scheduler.Clock, NullLogger<VoiceSession>.Instance)
        {
            Speculation = new SpeculationOptions { Enabled = false },
            Vad = new VadOptions { MinSpeech = TimeSpan.FromMilliseconds(40) },
            NewId = () => $"id{++ids}",
            Store = _store,
            Running = new SessionRegistry(10),
        };
        _dialect.Greet(_line, isHandHeld);
        Connect();
        if (!isHandHeld) { Press(); }
    }

    public DeterministicScheduler Scheduler { get; } = new();

    public SimulatedEngines Engines { get; }

    /// <summary>The user speaks, and is silent until the turn is over.</summary>
    public Conversation Say(int milliseconds)
    {
        if (_isHandHeld) { Press(); }
        Stream(milliseconds, isVoice: true);
        if (_isHandHeld) { Act(() => _dialect.Release(_line)); } else { Hush(900); }
        return this;
    }

    /// <summary>The user speaks, and no more.</summary>
    public Conversation Speak(int milliseconds) => Stream(milliseconds, isVoice: true);

    /// <summary>The user is silent, with the microphone open where it is not a button's.</summary>
    public Conversation Hush(int milliseconds) => Stream(milliseconds, isVoice: false);

    /// <summary>The user wants silence.</summary>
    public Conversation Stop()
    {
        var needsLine = false;
        Act(() => needsLine = _dialect.Stop(_line));
        if (!needsLine) { return this; }
        _line = new InMemoryLine();
        Connect();
        Press();
        return this;
    }

    /// <summary>The line breaks; what the session was is read from its timeline.</summary>
    public IReadOnlyList<string> End()
    {
        _line.Disconnect();
        foreach (var run in _runs) { Scheduler.Run(run, TimeSpan.FromMinutes(1)); }
        Assert.Equal((0, 0, 0, 0), (Engines.Asr.OpenStreams, Engines.Vad.OpenStreams, Engines.Tts.Active, Engines.Chat.Active));
        return Scheduler.Run(Outcome.ReadAsync(_store, _session!), TimeSpan.FromSeconds(1));
    }

    private void Press() => Act(() => _dialect.Press(_line, _isHandHeld));

    private void Connect()
    {
        var line = _line;
        _runs.Add(Scheduler.Start(async () =>
        {
            var (transport, seat) = await _dialect.OpenAsync(line, _services.Metrics, Scheduler.Clock);
            using var taken = seat;
            var session = new VoiceSession(transport, _services);
            _services.Running!.TryAdd(session);
            await session.RunAsync();
            _session = session.Id;
            _services.Running.Remove(session);
        }));
        Scheduler.RunUntilIdle();
    }

    private void Act(Action act)
    {
        act();
        Scheduler.RunUntilIdle();
    }

    private Conversation Stream(int milliseconds, bool isVoice)
    {
        var samples = _dialect.SampleRate * FrameMs / 1_000;
        for (var t = 0; t < milliseconds; t += FrameMs)
        {
            // A button that is not held sends nothing.
            if (isVoice || !_isHandHeld) { _dialect.Hear(_line, isVoice ? _voice[(_said++ % 2 * samples)..][..samples] : new short[samples]); }
            Scheduler.Advance(TimeSpan.FromMilliseconds(FrameMs));
        }
        return this;
    }
}
