using System.Text.Json;
using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;

namespace Parley.Transports.Xiaozhi;

/// <summary>What a device says, as input of the session. What it does not understand it skips and counts.</summary>
/// <remarks>Used by the session's receive loop alone, but for <see cref="IsMuted"/> and <see cref="TakeWakeWord"/>.</remarks>
/// <param name="opus">Reads the microphone.</param>
/// <param name="session">What holds for all devices.</param>
/// <param name="tools">The device's own tools.</param>
/// <param name="start">What the device's hello asks of the session.</param>
/// <param name="framing">The version of the binary framing that is spoken unless the hello names another.</param>
/// <param name="metrics">Where what is skipped is counted.</param>
internal sealed class XiaozhiEar(IOpusDecoder opus, XiaozhiSession session, DeviceTools tools, ClientInput start, int framing, ParleyMetrics metrics)
{
    /// <summary>Longer than any silence that ends speech.</summary>
    private static readonly AudioInput s_silence = new(new byte[AudioMath.SpeechRate * sizeof(short) * 3 / 10]);

    private ListenMode? _mode;
    private bool _hasHello, _listens;
    private volatile bool _isMuted;
    private volatile string? _wakeWord;

    /// <summary>The version of the binary framing.</summary>
    public int Framing { get; private set; } = framing;

    /// <summary>Whether the assistant has the floor: then a microphone that is not <see cref="ListenMode.Realtime"/> is closed, or about to be.</summary>
    public bool IsMuted { set => _isMuted = value; }

    /// <summary>Whether the device has said goodbye, or something with which no conversation is possible.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Whether the device has tools, and the session may have them. Known when the session begins.</summary>
    public bool OffersTools { get; private set; }

    private bool Hears => _listens && (!_isMuted || _mode == ListenMode.Realtime);

    /// <summary>The wake word that is being answered; null: the user said something else, or this was asked before.</summary>
    public string? TakeWakeWord() => Interlocked.Exchange(ref _wakeWord, null);

    /// <summary>Takes what came.</summary>
    public IEnumerable<ClientInput> Take(Frame frame)
    {
        if (frame.IsTooLarge) { return Skip("frame"); }
        if (frame.IsText) { return Read(frame.Data); }
        if (!BinaryFraming.TryRead(Framing, frame.Data, out var payload, out var isText)) { return Skip("frame"); }
        return isText ? Read(payload) : Hear(payload.Span);
    }

    private IEnumerable<ClientInput> Hear(ReadOnlySpan<byte> packet)
    {
        // A wake word is sent in one go before the microphone is said to be open: it was the device's to hear.
        if (!Hears) { return []; }
        try
        {
            return [new AudioInput(Pcm16.ToBytes(opus.Decode(packet)))];
        }
        catch (AudioFormatException)
        {
            return Skip("audio");
        }
    }

    private IEnumerable<ClientInput> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            Inspect(json.Span);
            return JsonSerializer.Deserialize(json.Span, XiaozhiJson.Default.DeviceMessage) switch
            {
                DeviceHello m => Greet(m),
                Goodbye => Leave(),
                _ when !_hasHello => Skip("message"),
                Listen { State: ListenState.Start } m => Open(m.Mode ?? ListenMode.Auto),
                Listen { State: ListenState.Stop } => Close(),
                Listen { State: ListenState.Detect } m => Wake(m.Text),
                Abort => [new Interrupt()],
                ToolsMessage m => OffersTools && m.Payload is { } said ? tools.Take(said) : [],
                _ => Skip("message"),
            };
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            return Skip("message");
        }
    }

    /// <summary>An escape may name half of a surrogate pair: it would be read as part of a tool's schema, and could never be written again.</summary>
    private static void Inspect(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped) { reader.GetString(); }
        }
    }

    private IEnumerable<ClientInput> Greet(DeviceHello hello)
    {
        if (_hasHello) { return Skip("message"); }
        if (hello.AudioParams?.Format is { } format && format != "opus") { return Leave(); }
        _hasHello = true;
        OffersTools = session.OffersTools && hello.Features?.Mcp == true;
        Framing = hello.Version is { } version ? BinaryFraming.Supported(version) : Framing;
        return [start];
    }

    /// <summary>The microphone opens. One that was closed heard nothing: some silence tells that what was said before is over.</summary>
    private IEnumerable<ClientInput> Open(ListenMode mode)
    {
        var wasOpen = _listens && _mode == ListenMode.Realtime;
        var isChange = mode != _mode;
        (_mode, _listens) = (mode, true);
        if (!wasOpen)
        {
            opus.Reset();
            yield return s_silence;
        }
        if (isChange) { yield return new SessionUpdate(new SessionConfig { Turn = Turns(mode) }); }
        if (mode == ListenMode.Manual) { yield return new StartListen(); }
    }

    private IEnumerable<ClientInput> Close()
    {
        _listens = false;
        return [new StopListen()];
    }

    private IEnumerable<ClientInput> Wake(string? text)
    {
        if (!session.AnswersWakeWord || string.IsNullOrWhiteSpace(text)) { return []; }
        var said = new TextInput(text);
        if (ClientMessageRules.Check(said) is not null) { return Skip("message"); }
        _wakeWord = text;
        tools.OnUserSpoke();
        return [said];
    }

    private IEnumerable<ClientInput> Leave()
    {
        HasLeft = true;
        return [];
    }

    private IEnumerable<ClientInput> Skip(string what)
    {
        metrics.DeviceInputSkipped(XiaozhiTransport.Dialect, what);
        return [];
    }

    /// <summary>Without echo cancellation nobody can interrupt by speaking; what is heard of the time before the microphone closes is none.</summary>
    private static TurnConfig Turns(ListenMode mode) => mode switch
    {
        ListenMode.Manual => new TurnConfig { Mode = TurnMode.PushToTalk, BargeIn = false },
        ListenMode.Realtime => new TurnConfig { Mode = TurnMode.Auto, BargeIn = true },
        _ => new TurnConfig { Mode = TurnMode.Auto, BargeIn = false },
    };
}
