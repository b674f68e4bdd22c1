using Microsoft.Extensions.Logging.Abstractions;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Pipeline;
using Parley.Sessions;
using Parley.Testing.Simulated;
using Parley.Testing.Time;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Vad;

namespace Parley.Testing.Sessions;

/// <summary>One session with simulated engines on the virtual clock, and the client that talks to it in frames of 20 ms.</summary>
public sealed class SimulatedConversation
{
    private static readonly byte[] s_silence = new byte[640];
    private static readonly byte[] s_speech = Pcm16.ToBytes(SimulatedSynthesizer.Tone(320));

    private readonly Task _run;

    public SimulatedConversation(Action<SimulatedEngines>? engines = null, SessionOptions? options = null, SimulatedVad? vad = null,
        SpeculationOptions? speculation = null)
    {
        Engines = vad is null ? new SimulatedEngines(Scheduler.Clock) : new SimulatedEngines(Scheduler.Clock) { Vad = vad };
        engines?.Invoke(Engines);
        var ids = 0;
        Session = new VoiceSession(Client, new SessionServices(Engines, Metrics, Scheduler.Clock, NullLogger<VoiceSession>.Instance)
        {
            Options = options ?? new SessionOptions(),
            Speculation = speculation ?? new SpeculationOptions { Enabled = false },
            Vad = new VadOptions { MinSpeech = TimeSpan.FromMilliseconds(40) },
            NewId = () => $"id{++ids}",
        });
        _run = Scheduler.Start(() => Session.RunAsync(Shutdown.Token));
    }

    public DeterministicScheduler Scheduler { get; } = new();

    public InMemoryTransport Client { get; } = new();

    public SimulatedEngines Engines { get; }

    public ParleyMetrics Metrics { get; } = new();

    public VoiceSession Session { get; }

    public CancellationTokenSource Shutdown { get; } = new();

    /// <summary>Whether the session has ended.</summary>
    public bool HasEnded => _run.IsCompleted;

    /// <summary>Sends a message and runs what it causes, without time passing.</summary>
    public SimulatedConversation Say(ClientInput input)
    {
        Client.Say(input);
        Scheduler.RunUntilIdle();
        return this;
    }

    /// <summary>Starts the session.</summary>
    public SimulatedConversation Start(SessionConfig? config = null) => Say(new SessionStart(Config: config));

    /// <summary>The user speaks.</summary>
    public SimulatedConversation Speak(int milliseconds) => Stream(s_speech, milliseconds);

    /// <summary>The user is silent; the microphone stays open.</summary>
    public SimulatedConversation Hush(int milliseconds) => Stream(s_silence, milliseconds);

    /// <summary>Time passes without audio from the client.</summary>
    public SimulatedConversation Wait(int milliseconds)
    {
        Scheduler.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return this;
    }

    /// <summary>The microphone sends silence until something of the kind was sent by the server; then returns it.</summary>
    /// <exception cref="TimeoutException">It did not come within <paramref name="limitMs"/>.</exception>
    public T HushUntil<T>(Func<T, bool>? which = null, int limitMs = 10_000) where T : ServerMessage
    {
        for (var waited = 0; waited <= limitMs; waited += 20)
        {
            if (Client.Of<T>().FirstOrDefault(m => which?.Invoke(m) ?? true) is { } found) { return found; }
            Hush(20);
        }
        throw new TimeoutException(
            $"No {typeof(T).Name} within {limitMs} ms of virtual time; the server sent:\n{string.Join('\n', Client.Messages.TakeLast(30))}\n{_run.Exception}");
    }

    /// <summary>Hangs up and lets the session wind down.</summary>
    public void End()
    {
        Client.Disconnect();
        Scheduler.Run(_run, TimeSpan.FromMinutes(1));
    }

    private SimulatedConversation Stream(byte[] frame, int milliseconds)
    {
        for (var t = 0; t < milliseconds; t += 20)
        {
            Client.Say(new AudioInput(frame));
            Scheduler.Advance(TimeSpan.FromMilliseconds(20));
        }
        return this;
    }
}
