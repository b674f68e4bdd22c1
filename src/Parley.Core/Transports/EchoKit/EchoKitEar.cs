using Parley.Audio;
using Parley.Diagnostics;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;

namespace Parley.Transports.EchoKit;

/// <summary>What a device says, as input of the session. What it does not understand it skips and counts.</summary>
/// <remarks>Used by the session's receive loop alone, but for <see cref="Offer"/>.</remarks>
/// <param name="streams">Whether the server hears where a turn ends; else the device says so.</param>
/// <param name="reply">What the device is being told.</param>
/// <param name="metrics">Where what is skipped is counted.</param>
internal sealed class EchoKitEar(bool streams, DeviceReply reply, ParleyMetrics metrics)
{
    /// <summary>Longer than any silence that ends speech.</summary>
    private static readonly AudioInput s_silence = new(new byte[AudioMath.SpeechRate * sizeof(short) * 3 / 10]);

    private volatile IReadOnlyList<SuggestionItem> _offered = [];
    private bool _isOpen, _listens;

    /// <summary>Answers are offered, of which the device may select one.</summary>
    public void Offer(IReadOnlyList<SuggestionItem> items) => _offered = items;

    /// <summary>Takes what came.</summary>
    public IEnumerable<ClientInput> Take(Frame frame)
    {
        if (frame.IsTooLarge) { return Skip("frame"); }
        if (!frame.IsText) { return Hear(frame.Data); }
        return EchoKitCommand.Read(frame.Data.Span) switch
        {
            StartChat => Open(),
            Submit => Close(),
            TypedText c => Type(new TextInput(c.Input)),
            Select { Index: { } index } when index < _offered.Count => Type(new TextInput(_offered[(int)index].Text, _offered[(int)index].SuggestionId)),
            StartRecord => [],
            _ => Skip("command"),
        };
    }

    private IEnumerable<ClientInput> Open()
    {
        var dropped = reply.Drop();
        _isOpen = true;
        _listens = streams;
        if (dropped is not null) { yield return dropped; }
        // A microphone that was closed heard nothing: some silence tells that what was said before is over.
        if (streams) { yield return s_silence; }
    }

    private IEnumerable<ClientInput> Hear(ReadOnlyMemory<byte> pcm)
    {
        if (pcm.IsEmpty || pcm.Length % sizeof(short) != 0 || !(streams || _isOpen))
        {
            Skip("audio");
            yield break;
        }
        // Not when the microphone opens: its user may think for a while, and a turn without audio is given up.
        if (!streams && !_listens) { yield return new StartListen(); }
        _listens = true;
        yield return new AudioInput(pcm.ToArray());
    }

    private IEnumerable<ClientInput> Close()
    {
        if (streams) { return [new StopListen()]; }
        if (!_isOpen) { return Skip("command"); }
        ClientInput[] inputs = _listens ? [new StopListen()] : [new StartListen(), new StopListen()];
        _isOpen = _listens = false;
        return inputs;
    }

    private IEnumerable<ClientInput> Type(TextInput input) =>
        string.IsNullOrWhiteSpace(input.Text) || ClientMessageRules.Check(input) is not null ? Skip("command") : [input];

    private IEnumerable<ClientInput> Skip(string what)
    {
        metrics.DeviceInputSkipped(EchoKitTransport.Dialect, what);
        return [];
    }
}
