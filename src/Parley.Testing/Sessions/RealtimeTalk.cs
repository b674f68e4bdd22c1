using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Pipeline;
using Parley.Sessions;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Time;
using Parley.Transports.Realtime;
using Parley.Vad;
using Xunit;

namespace Parley.Testing.Sessions;

/// <summary>A client of the Realtime API and one session with simulated engines, on the virtual clock.</summary>
public sealed class RealtimeTalk
{
    private static readonly byte[] s_silence = new byte[960];
    private static readonly byte[][] s_voice = [.. SimulatedVoice.Vowels(24_000).Chunk(480).Select(f => Pcm16.ToBytes(f))];

    private readonly Task _run;
    private readonly List<JsonElement> _events = [];

    public RealtimeTalk(Action<SimulatedEngines>? engines = null, RealtimeCall? call = null, SessionOptions? options = null)
    {
        Engines = new SimulatedEngines(Scheduler.Clock);
        engines?.Invoke(Engines);
        var services = new SessionServices(Engines, Metrics, Scheduler.Clock, NullLogger<VoiceSession>.Instance)
        {
            Options = options ?? new SessionOptions(),
            Speculation = new SpeculationOptions { Enabled = false },
            Vad = new VadOptions { MinSpeech = TimeSpan.FromMilliseconds(40) },
        };
        var transport = new RealtimeTransport(Line, call ?? new RealtimeCall("gpt-realtime"), "sess_1", Scheduler.Clock, new Random(1), Metrics);
        var session = new VoiceSession(transport, services, isLenient: true);
        _run = Scheduler.Start(() => session.RunAsync(Shutdown.Token));
    }

    public DeterministicScheduler Scheduler { get; } = new();

    public SimulatedEngines Engines { get; }

    public InMemoryLine Line { get; } = new();

    public ParleyMetrics Metrics { get; } = new();

    public CancellationTokenSource Shutdown { get; } = new();

    public bool HasEnded => _run.IsCompleted;

    /// <summary>All events so far.</summary>
    public IReadOnlyList<JsonElement> Events
    {
        get
        {
            foreach (var frame in Line.Since(_events.Count)) { _events.Add(JsonDocument.Parse(frame.Data).RootElement); }
            return _events;
        }
    }

    /// <summary>The types of all events, each row of the same deltas as one.</summary>
    public IReadOnlyList<string> Types
    {
        get
        {
            var types = new List<string>();
            foreach (var type in Events.Select(e => e.Text("type"))) { if (types.Count == 0 || types[^1] != type) { types.Add(type); } }
            return types;
        }
    }

    public IReadOnlyList<JsonElement> Of(string type) => [.. Events.Where(e => e.Text("type") == type)];

    public JsonElement Only(string type) => Assert.Single(Of(type));

    /// <summary>Sends an event and runs what it causes, without time passing.</summary>
    public RealtimeTalk Say(string json)
    {
        Line.Say(json);
        Scheduler.RunUntilIdle();
        return this;
    }

    public RealtimeTalk Update(string session) => Say($$"""{"type":"session.update","session":{{session}}}""");

    /// <summary>Puts a text of the user into the conversation.</summary>
    public RealtimeTalk Write(string text, string id = "item_text") =>
        Say($$$"""{"type":"conversation.item.create","item":{"id":"{{{id}}}","type":"message","role":"user","content":[{"type":"input_text","text":"{{{text}}}"}]}}""");

    /// <summary>Puts a recording of the user into the conversation.</summary>
    public RealtimeTalk Record(string id, int milliseconds) =>
        Say($$$"""{"type":"conversation.item.create","item":{"id":"{{{id}}}","type":"message","role":"user","content":[{"type":"input_audio","audio":"{{{Convert.ToBase64String(Spoken(milliseconds))}}}"}]}}""");

    public RealtimeTalk Respond(string response = "{}") => Say($$"""{"type":"response.create","event_id":"e_respond","response":{{response}}}""");

    /// <summary>So many responses were asked for that have a number: see <see cref="Ask"/>.</summary>
    public int Asked { get; private set; }

    /// <summary>Asks for a response that can be told from all others: its event and its metadata are numbered.</summary>
    /// <param name="fields">What else is asked of it, each with a comma behind it.</param>
    public RealtimeTalk Ask(string fields = "")
    {
        Asked++;
        return Say($$$"""{"type":"response.create","event_id":"ask_{{{Asked}}}","response":{{{{fields}}}"metadata":{"ask":"{{{Asked}}}"} } }""");
    }

    public RealtimeTalk Append(ReadOnlySpan<byte> audio) => Say($$"""{"type":"input_audio_buffer.append","audio":"{{Convert.ToBase64String(audio)}}"}""");

    /// <summary>The user speaks in real time.</summary>
    public RealtimeTalk Speak(int milliseconds) => Stream(frame => s_voice[frame % s_voice.Length], milliseconds);

    public RealtimeTalk Hush(int milliseconds) => Stream(_ => s_silence, milliseconds);

    /// <summary>Time passes without audio.</summary>
    public RealtimeTalk Wait(int milliseconds)
    {
        Scheduler.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return this;
    }

    /// <summary>The microphone sends silence until such an event came; then returns it.</summary>
    public JsonElement HushUntil(string type, Func<JsonElement, bool>? which = null, int limitMs = 20_000) => Until(type, which, limitMs, () => Hush(20));

    /// <summary>Time passes until such an event came.</summary>
    public JsonElement WaitUntil(string type, Func<JsonElement, bool>? which = null, int limitMs = 20_000) => Until(type, which, limitMs, () => Wait(20));

    public void End()
    {
        Line.Disconnect();
        Scheduler.Run(_run, TimeSpan.FromMinutes(1));
    }

    /// <summary>PCM at 24 kHz of a voice.</summary>
    public static byte[] Spoken(int milliseconds) => [.. Enumerable.Range(0, milliseconds / 20).SelectMany(f => s_voice[f % s_voice.Length])];

    private JsonElement Until(string type, Func<JsonElement, bool>? which, int limitMs, Action pass)
    {
        for (var waited = 0; waited <= limitMs; waited += 20)
        {
            if (Of(type).FirstOrDefault(e => which?.Invoke(e) ?? true) is { ValueKind: JsonValueKind.Object } found) { return found; }
            pass();
        }
        throw new TimeoutException($"No {type} within {limitMs} ms of virtual time; the server sent:\n{string.Join('\n', Events.TakeLast(30))}\n{_run.Exception}");
    }

    private RealtimeTalk Stream(Func<int, byte[]> frame, int milliseconds)
    {
        for (var t = 0; t < milliseconds; t += 20)
        {
            Append(frame(t / 20));
            Scheduler.Advance(TimeSpan.FromMilliseconds(20));
        }
        return this;
    }
}

/// <summary>Reads JSON by paths such as <c>item.content.0.transcript</c>.</summary>
public static class JsonElementExtensions
{
    /// <summary>The string at a path such as <c>item.content.0.transcript</c>; null where there is a null.</summary>
    public static string Text(this JsonElement element, string path) => element.At(path).GetString()!;

    public static long Number(this JsonElement element, string path) => element.At(path).GetInt64();

    /// <summary>Whether the path exists.</summary>
    public static bool Has(this JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) { return false; }
        }
        return true;
    }

    public static JsonElement At(this JsonElement element, string path) =>
        path.Split('.').Aggregate(element, (e, name) => e.ValueKind == JsonValueKind.Array ? e[int.Parse(name, null)] : e.GetProperty(name));
}
