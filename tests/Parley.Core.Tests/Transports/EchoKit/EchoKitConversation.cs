using Microsoft.Extensions.Logging.Abstractions;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Time;
using Parley.Timeline;
using Parley.Transports.Devices;
using Parley.Transports.EchoKit;
using Parley.Vad;

namespace Parley.Core.Tests.Transports.EchoKit;

/// <summary>A server with simulated engines on the virtual clock, and a device that connects to it.</summary>
internal sealed class EchoKitConversation
{
    public static readonly EchoKitRequest Streaming = new(Streams: true);

    private static readonly DeviceIdentity s_identity = new("aabbccddeeff", "");

    private readonly SessionServices _services;
    private readonly DeviceSeats _seats;
    private Task _run = Task.CompletedTask;

    public EchoKitConversation(Action<SimulatedEngines>? engines = null, TimeSpan? window = null)
    {
        Engines = new SimulatedEngines(Scheduler.Clock);
        engines?.Invoke(Engines);
        _seats = new DeviceSeats(Scheduler.Clock, window ?? TimeSpan.FromMinutes(10));
        var ids = 0;
        _services = new SessionServices(Engines, Metrics, Scheduler.Clock, NullLogger<VoiceSession>.Instance)
        {
            Options = new SessionOptions { Lead = TimeSpan.FromSeconds(2) },
            Vad = new VadOptions { MinSpeech = TimeSpan.FromMilliseconds(40) },
            NewId = () => $"id{++ids}",
            Store = new InMemorySessionStore(Scheduler.Clock),
            Running = new SessionRegistry(100),
        };
    }

    public DeterministicScheduler Scheduler { get; } = new();

    public SimulatedEngines Engines { get; }

    public ParleyMetrics Metrics { get; } = new();

    public EchoKitSession Session { get; init; } = new();

    /// <summary>The line that was connected last.</summary>
    public InMemoryLine Line { get; private set; } = new();

    /// <summary>Whether the session on it has ended.</summary>
    public bool HasEnded => _run.IsCompleted;

    /// <summary>All that came on it.</summary>
    public List<EchoKitEvent> Events { get; private set; } = [];

    /// <summary>What came on it, by name; what is repeated, once.</summary>
    public List<string> Story => Events.Select(e => e.Name).Aggregate(
        new List<string>(), (story, name) =>
        {
            if (story.Count == 0 || story[^1] != name) { story.Add(name); }
            return story;
        });

    /// <summary>What the model was asked last, without the system prompt.</summary>
    public IEnumerable<string> Prompt => Engines.Chat.Prompts[^1].Skip(1).Select(m => m.Text);

    /// <summary>The device connects; an older line of its stands as it did.</summary>
    public EchoKitConversation Connect(EchoKitRequest request)
    {
        var events = Events = [];
        var line = Line = new InMemoryLine { Sent = frame => events.Add(EchoKitEvent.Read(frame.Data)) };
        _run = Scheduler.Start(async () =>
        {
            using var seat = await _seats.TakeAsync(s_identity);
            var session = new VoiceSession(new EchoKitTransport(line, request, Session, seat, s_identity.DeviceId, new SimulatedOpus(), Metrics, Scheduler.Clock), _services);
            _services.Running!.TryAdd(session);
            await session.RunAsync();
            _services.Running.Remove(session);
        });
        Scheduler.RunUntilIdle();
        return this;
    }

    public EchoKitConversation Say(string json)
    {
        Line.Say(json);
        Scheduler.RunUntilIdle();
        return this;
    }

    public EchoKitConversation StartChat() => Say("""{"event":"StartChat"}""");

    public EchoKitConversation Submit() => Say("""{"event":"Submit"}""");

    /// <summary>The user speaks for a while.</summary>
    public EchoKitConversation Speak(int milliseconds) => Send(SimulatedSynthesizer.Tone, milliseconds);

    /// <summary>The microphone hears silence.</summary>
    public EchoKitConversation Hush(int milliseconds) => Send(samples => new short[samples], milliseconds);

    public EchoKitConversation Wait(int milliseconds)
    {
        Scheduler.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return this;
    }

    /// <summary>Time passes until an event of that name has come.</summary>
    public EchoKitConversation Until(string name)
    {
        Scheduler.RunUntil(() => Events.Any(e => e.Name == name), TimeSpan.FromSeconds(30));
        return this;
    }

    public void End()
    {
        Line.Disconnect();
        Scheduler.Run(_run, TimeSpan.FromMinutes(1));
        Assert.Equal((0, 0, 0), (Engines.Asr.OpenStreams, Engines.Tts.Active, Engines.Vad.OpenStreams));
    }

    private EchoKitConversation Send(Func<int, short[]> sound, int milliseconds)
    {
        // As much at a time as the firmware sends.
        for (var left = milliseconds; left > 0; left -= 512)
        {
            var now = Math.Min(left, 512);
            Line.Say(Pcm16.ToBytes(sound(16 * now)));
            Wait(now);
        }
        return this;
    }
}
