using Microsoft.Extensions.Logging.Abstractions;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Pipeline;
using Parley.Sessions;
using Parley.Testing.Simulated;
using Parley.Time;
using Parley.Testing.Transports;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Tts.Caching;
using Parley.Turns.Coaching;
using Parley.Vad;

namespace Parley.Testing.Sessions;

/// <summary>One session with simulated engines on the virtual clock, and the client that talks to it in frames of 20 ms.</summary>
public sealed class SimulatedConversation
{
    private static readonly byte[] s_silence = new byte[640];
    private static readonly short[] s_voice = SimulatedVoice.Vowels(AudioMath.SpeechRate);

    private readonly SessionServices _services;
    private readonly Task _run;

    /// <param name="engines">Changes the engines before the session begins.</param>
    /// <param name="options">The session's options.</param>
    /// <param name="vad">The detector in place of the simulated one's defaults.</param>
    /// <param name="speculation">Off unless given: it asks the reply engine more often than a script of replies expects.</param>
    /// <param name="keepsSessions">Whether a broken-off session can be resumed: see <see cref="Reconnect"/>.</param>
    /// <param name="coach">Gives feedback; null: nobody does.</param>
    /// <param name="traceSpeech">Whether traces hold what was said.</param>
    /// <param name="cache">Puts a <see cref="Cache"/> before the synthesiser, and what speaks beforehand beside it; null: there is none.</param>
    public SimulatedConversation(
        Action<SimulatedEngines>? engines = null, SessionOptions? options = null, SimulatedVad? vad = null, SpeculationOptions? speculation = null,
        bool keepsSessions = false, SpeechCacheOptions? cache = null, ITurnCoach? coach = null, bool traceSpeech = false)
    {
        Scheduler = new DeterministicScheduler();
        Engines = vad is null ? new SimulatedEngines(Scheduler.Clock) : new SimulatedEngines(Scheduler.Clock) { Vad = vad };
        engines?.Invoke(Engines);
        var prefetcher = cache is null ? null : Prefetch(cache);
        var ids = 0;
        _services = new SessionServices(Engines, Metrics, Scheduler.Clock, NullLogger<VoiceSession>.Instance)
        {
            Options = options ?? new SessionOptions(),
            Speculation = speculation ?? new SpeculationOptions { Enabled = false },
            Vad = new VadOptions { MinSpeech = TimeSpan.FromMilliseconds(40) },
            NewId = () => $"id{++ids}",
            Store = keepsSessions ? new InMemorySessionStore(Scheduler.Clock) : null,
            Running = new SessionRegistry(100),
            Prefetcher = prefetcher,
            TraceSpeech = traceSpeech,
            Coach = coach is null ? null : Employ(coach),
        };
        (Session, _run) = Run();
    }

    private SimulatedConversation(SimulatedConversation before)
    {
        (Scheduler, Engines, _services) = (before.Scheduler, before.Engines, before._services);
        (Session, _run) = Run();
    }

    public DeterministicScheduler Scheduler { get; }

    /// <summary>What keeps spoken clauses; null: nothing does.</summary>
    public SpeechCache? Cache { get; private set; }

    public InMemoryTransport Client { get; } = new();

    public SimulatedEngines Engines { get; }

    public ParleyMetrics Metrics { get; } = new();

    /// <summary>Where sessions are kept, if they are.</summary>
    public ISessionStore? Store => _services.Store;

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

    /// <summary>Another line to the same server, whose client has said nothing yet.</summary>
    public SimulatedConversation Reconnect() => new(this);

    /// <summary>The client comes back on another line, with what it last heard of this one.</summary>
    /// <param name="lastSeq">The last message that it had; null: all that was sent.</param>
    /// <param name="token">Its token; null: the one that it was given.</param>
    /// <param name="goOn">Whether the reply that it heard goes on; null: it does not say.</param>
    public SimulatedConversation Resume(long? lastSeq = null, string? token = null, bool? goOn = null)
    {
        var ready = Client.Of<SessionReady>()[^1];
        var seq = lastSeq ?? Client.Messages.Max(m => m.Seq);
        return Reconnect().Say(new SessionResume(ready.SessionId, token ?? ready.ResumeToken, seq, goOn));
    }

    /// <summary>The user speaks.</summary>
    public SimulatedConversation Speak(int milliseconds) => Stream(s_voice, milliseconds);

    /// <summary>The user is silent; the microphone stays open.</summary>
    public SimulatedConversation Hush(int milliseconds) => Stream(_ => s_silence, milliseconds);

    /// <summary>The microphone hears <paramref name="sound"/>, 16 kHz, again and again.</summary>
    public SimulatedConversation Stream(short[] sound, int milliseconds)
    {
        var frames = Enumerable.Range(0, sound.Length / 320).Select(i => Pcm16.ToBytes(sound.AsSpan(320 * i, 320))).ToArray();
        return Stream(frame => frames[frame % frames.Length], milliseconds);
    }

    /// <summary>Time passes without audio from the client.</summary>
    public SimulatedConversation Wait(int milliseconds)
    {
        Scheduler.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return this;
    }

    /// <summary>The process stands still; what fell due meanwhile happens afterwards.</summary>
    public SimulatedConversation Stall(TimeSpan by)
    {
        Scheduler.Stall(by);
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

    /// <summary>Runs beside the session, until nobody asks for the conversation any more.</summary>
    private SpeechPrefetcher Prefetch(SpeechCacheOptions options)
    {
        Cache = new SpeechCache(options, Scheduler.Clock);
        Engines.Remember(Cache);
        Metrics.Observe(Cache);
        var prefetcher = new SpeechPrefetcher(Cache, Scheduler.Clock, NullLogger<SpeechPrefetcher>.Instance);
        Scheduler.Start(() => prefetcher.RunAsync(Shutdown.Token));
        return prefetcher;
    }

    private CoachingQueue Employ(ITurnCoach coach)
    {
        CoachingQueue? queue = null;
        Scheduler.Start(() =>
        {
            queue = new CoachingQueue(coach, Metrics, NullLogger<CoachingQueue>.Instance, Scheduler.Clock);
            return Task.CompletedTask;
        });
        Scheduler.RunUntilIdle();
        return queue!;
    }

    private (VoiceSession Session, Task Run) Run()
    {
        var session = new VoiceSession(Client, _services);
        _services.Running!.TryAdd(session);
        return (session, Scheduler.Start(async () =>
        {
            await session.RunAsync(Shutdown.Token);
            _services.Running.Remove(session);
        }));
    }

    private SimulatedConversation Stream(Func<int, byte[]> frame, int milliseconds)
    {
        for (var t = 0; t < milliseconds; t += 20)
        {
            Client.Say(new AudioInput(frame(t / 20)));
            Scheduler.Advance(TimeSpan.FromMilliseconds(20));
        }
        return this;
    }
}
