using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Diagnostics;
using Parley.Pipeline;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Time;
using Parley.Timeline;
using Parley.Transports.Devices;
using Parley.Transports.Xiaozhi;
using Parley.Vad;

namespace Parley.Core.Tests.Transports.Xiaozhi;

/// <summary>A device and a session with simulated engines on the virtual clock; the microphone's frames are 60 ms.</summary>
internal sealed class DeviceConversation
{
    private static readonly byte[] s_silence = SimulatedOpus.Encode(new short[960]);
    private static readonly byte[] s_voice = SimulatedOpus.Encode(Tone());

    private readonly SessionServices _services;
    private readonly XiaozhiSession _settings;
    private readonly DeviceSeats _seats;
    private readonly Task _run;

    public DeviceConversation(Action<SimulatedEngines>? engines = null, XiaozhiSession? settings = null, TimeSpan? resumes = null)
    {
        Scheduler = new DeterministicScheduler();
        Engines = new SimulatedEngines(Scheduler.Clock);
        engines?.Invoke(Engines);
        var ids = 0;
        _services = new SessionServices(Engines, Metrics, Scheduler.Clock, NullLogger<VoiceSession>.Instance)
        {
            Options = new SessionOptions(),
            Speculation = new SpeculationOptions { Enabled = false },
            Vad = new VadOptions { MinSpeech = TimeSpan.FromMilliseconds(40) },
            NewId = () => $"id{++ids}",
            Store = new InMemorySessionStore(Scheduler.Clock),
            Running = new SessionRegistry(100),
        };
        _settings = settings ?? new XiaozhiSession();
        _seats = new DeviceSeats(Scheduler.Clock, resumes ?? TimeSpan.Zero);
        _run = Run();
    }

    private DeviceConversation(DeviceConversation before)
    {
        (Scheduler, Engines, Metrics) = (before.Scheduler, before.Engines, before.Metrics);
        (_services, _settings, _seats) = (before._services, before._settings, before._seats);
        _run = Run();
    }

    public DeterministicScheduler Scheduler { get; }

    public SimulatedEngines Engines { get; }

    public ParleyMetrics Metrics { get; } = new();

    public InMemoryLine Line { get; } = new();

    public ISessionStore Store => _services.Store!;

    public bool HasEnded => _run.IsCompleted;

    /// <summary>The messages that the device got.</summary>
    public IReadOnlyList<JsonElement> Orders => [.. Line.All.Where(f => f.IsText).Select(f => JsonDocument.Parse(f.Data).RootElement)];

    /// <summary>What it got in short: the type, the state if there is one, and the text if there is one; a run of audio is a line of its own.</summary>
    public IReadOnlyList<string> Told
    {
        get
        {
            var told = new List<string>();
            foreach (var frame in Line.All)
            {
                if (frame.IsText) { told.Add(InShort(JsonDocument.Parse(frame.Data).RootElement)); }
                else if (told.LastOrDefault() != "audio") { told.Add("audio"); }
            }
            return told;
        }
    }

    /// <summary>The audio that it got, frame by frame.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Voice => [.. Line.All.Where(f => !f.IsText).Select(f => f.Data)];

    public DeviceConversation Say(string json)
    {
        Line.Say(json);
        Scheduler.RunUntilIdle();
        return this;
    }

    public DeviceConversation Send(ReadOnlyMemory<byte> frame)
    {
        Line.Say(frame);
        Scheduler.RunUntilIdle();
        return this;
    }

    public DeviceConversation Hello(int version = 1, bool hasTools = false) => Say(
        $$$"""{"type":"hello","version":{{{version}}},"features":{"mcp":{{{(hasTools ? "true" : "false")}}}},"transport":"websocket","audio_params":{"format":"opus","sample_rate":16000,"channels":1,"frame_duration":60}}""");

    public DeviceConversation Listen(string mode) => Say($$"""{"session_id":"id1","type":"listen","state":"start","mode":"{{mode}}"}""");

    public DeviceConversation StopListening() => Say("""{"session_id":"id1","type":"listen","state":"stop"}""");

    public DeviceConversation Detect(string wakeWord) => Say($$"""{"session_id":"id1","type":"listen","state":"detect","text":"{{wakeWord}}"}""");

    public DeviceConversation Abort() => Say("""{"session_id":"id1","type":"abort","reason":"wake_word_detected"}""");

    public DeviceConversation Speak(int milliseconds) => Stream(s_voice, milliseconds);

    public DeviceConversation Hush(int milliseconds) => Stream(s_silence, milliseconds);

    /// <summary>Time passes; the microphone sends nothing.</summary>
    public DeviceConversation Wait(int milliseconds)
    {
        Scheduler.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return this;
    }

    /// <summary>Time passes until the device was told something.</summary>
    public DeviceConversation WaitFor(string told, int times = 1)
    {
        Scheduler.RunUntil(() => Told.Count(t => t == told) >= times, TimeSpan.FromSeconds(30));
        return this;
    }

    /// <summary>The microphone sends silence until the device was told something.</summary>
    public DeviceConversation HushUntil(string told)
    {
        for (var waited = 0; waited < 10_000 && !Told.Contains(told); waited += 60) { Hush(60); }
        return WaitFor(told);
    }

    /// <summary>The same device on another line.</summary>
    public DeviceConversation ComeBack() => new(this);

    /// <summary>Hangs up and lets the session wind down.</summary>
    public void End()
    {
        Line.Disconnect();
        Scheduler.Run(_run, TimeSpan.FromMinutes(1));
    }

    private static string InShort(JsonElement order) => string.Join(' ', Fields(order));

    private static IEnumerable<string> Fields(JsonElement order)
    {
        foreach (var name in (string[])["type", "state", "emotion", "text", "message"])
        {
            if (order.TryGetProperty(name, out var value)) { yield return value.GetString()!; }
        }
    }

    private Task Run() => Scheduler.Start(async () =>
    {
        using var seat = await _seats.TakeAsync(new DeviceIdentity("aa:bb:cc:dd:ee:ff", "uuid"));
        var transport = new XiaozhiTransport(Line, new SimulatedOpus(), _settings, seat, "aa:bb:cc:dd:ee:ff", framing: null, Metrics, Scheduler.Clock);
        var session = new VoiceSession(transport, _services);
        _services.Running!.TryAdd(session);
        await session.RunAsync();
        _services.Running.Remove(session);
    });

    private DeviceConversation Stream(byte[] packet, int milliseconds)
    {
        for (var t = 0; t < milliseconds; t += 60)
        {
            Line.Say(packet);
            Scheduler.Advance(TimeSpan.FromMilliseconds(60));
        }
        return this;
    }

    private static short[] Tone()
    {
        var tone = new short[960];
        for (var i = 0; i < tone.Length; i++) { tone[i] = (short)(8_000 * Math.Sin(2 * Math.PI * 150 * i / 16_000)); }
        return tone;
    }
}
