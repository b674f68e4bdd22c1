using System.Text;
using Parley.Audio;
using Parley.Transports.Realtime.Items;
using Parley.Transports.Realtime.Sessions;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime.Responses;

/// <summary>The message that a response makes: one part, text, or audio with its transcript.</summary>
/// <remarks>A reply is written before it is spoken: the transcript is told clause by clause with its audio, so that it ends where the audio does.</remarks>
internal sealed class OutputMessage(string responseId, ResponsePlan plan, EventQueue events)
{
    private readonly StringBuilder _written = new();
    private int _index, _told;
    private AssistantSpeech? _speech;
    private Resampler? _resampler;

    /// <summary>The item that it becomes; null until it has begun.</summary>
    public StoredItem? Item { get; private set; }

    /// <summary>Whether words were written that no audio has said.</summary>
    public bool HasUnspokenText => !string.IsNullOrWhiteSpace(_written.ToString(_told, _written.Length - _told));

    public void Open(StoredItem item, int index)
    {
        (Item, _index) = (item, index);
        if (plan.Modality == Modality.Audio) { item.Speech = _speech = new AssistantSpeech(plan.Format); }
        events.Tell(new ContentPartAdded(responseId, item.Id, index, 0, Outline("")));
    }

    public void WriteText(string text)
    {
        _written.Append(text);
        events.Tell(new TextDelta(responseId, Item!.Id, _index, 0, text));
    }

    /// <summary>These words will be spoken.</summary>
    public void Foresee(string text) => _written.Append(text);

    /// <summary>The audio that follows says these words: they are told with the spaces that stand before them in the text.</summary>
    public void Caption(string text)
    {
        var rest = _written.ToString(_told, _written.Length - _told);
        var at = rest.IndexOf(text, StringComparison.Ordinal);
        Tell(at < 0 ? text : rest[..(at + text.Length)]);
        if (at >= 0) { _told += at + text.Length; }
    }

    /// <summary>Words that get no audio are told all the same.</summary>
    public void CaptionRest()
    {
        Tell(_written.ToString(_told, _written.Length - _told).TrimEnd());
        _told = _written.Length;
    }

    public void Play(ReadOnlyMemory<short> samples, int sampleRate)
    {
        var bytes = plan.Format.FromSamples(AtRateOfLine(samples, sampleRate).Span);
        if (bytes.Length == 0) { return; }
        _speech!.AddAudio(bytes);
        events.Tell(new AudioDelta(responseId, Item!.Id, _index, 0, bytes));
    }

    /// <summary>Nothing more follows.</summary>
    /// <returns>The item as it is now.</returns>
    public ConversationItem Close(ItemStatus status)
    {
        var text = _speech?.Text ?? _written.ToString();
        if (_speech is null)
        {
            events.Tell(new TextDone(responseId, Item!.Id, _index, 0, text));
        }
        else
        {
            events.Tell(new AudioDone(responseId, Item!.Id, _index, 0));
            events.Tell(new TranscriptDone(responseId, Item.Id, _index, 0, text));
        }
        events.Tell(new ContentPartDone(responseId, Item.Id, _index, 0, Outline(text)));
        return (MessageItem)Item.Item with { Content = [_speech is null ? new OutputTextPart(text) : new OutputAudioPart(text)], Status = status };
    }

    private void Tell(string text)
    {
        _speech!.AddCaption(text);
        events.Tell(new TranscriptDelta(responseId, Item!.Id, _index, 0, text));
    }

    private PartOutline Outline(string text) =>
        plan.Modality == Modality.Audio ? new PartOutline(PartKind.Audio, Transcript: text) : new PartOutline(PartKind.Text, Text: text);

    /// <summary>The client changed its format while the reply was being made at the old rate.</summary>
    private ReadOnlyMemory<short> AtRateOfLine(ReadOnlyMemory<short> samples, int sampleRate)
    {
        if (sampleRate == plan.Format.SampleRate) { return samples; }
        _resampler ??= new Resampler(sampleRate, plan.Format.SampleRate);
        var output = new short[_resampler.MaxOutput(samples.Length)];
        return output.AsMemory(0, _resampler.Process(samples.Span, output));
    }
}
