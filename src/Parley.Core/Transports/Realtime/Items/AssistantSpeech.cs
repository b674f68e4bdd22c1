using Parley.Transports.Realtime.Sessions;

namespace Parley.Transports.Realtime.Items;

/// <summary>What the assistant said aloud in one item: the audio as it was sent, and which words belong to which stretch of it.</summary>
internal sealed class AssistantSpeech(AudioFormat format)
{
    private readonly List<(long Start, string Text)> _captions = [];
    private readonly List<ReadOnlyMemory<byte>> _audio = [];
    private long _samples;

    public AudioFormat Format => format;

    public int AudioBytes { get; private set; }

    /// <summary>How long it is, rounded up: what a client has received it may have played.</summary>
    public long DurationMs => (_samples * 1_000 + format.SampleRate - 1) / format.SampleRate;

    public string Text => string.Concat(_captions.Select(c => c.Text));

    /// <summary>The words of the audio that follows.</summary>
    public void AddCaption(string text) => _captions.Add((_samples, text));

    public void AddAudio(ReadOnlyMemory<byte> bytes)
    {
        _audio.Add(bytes);
        AudioBytes += bytes.Length;
        _samples += bytes.Length / format.BytesPerSample;
    }

    public void DropAudio()
    {
        _audio.Clear();
        AudioBytes = 0;
    }

    public byte[]? ToBytes()
    {
        if (_audio.Count == 0) { return null; }
        var bytes = new byte[AudioBytes];
        var at = 0;
        foreach (var piece in _audio)
        {
            piece.CopyTo(bytes.AsMemory(at));
            at += piece.Length;
        }
        return bytes;
    }

    /// <summary>Only the beginning was heard: audio and words behind it are forgotten. Of a clause that was cut, as many words stay as fit its heard share.</summary>
    /// <returns>The samples that were heard.</returns>
    public long Truncate(long heardMs)
    {
        var heard = Math.Min(heardMs * format.SampleRate / 1_000, _samples);
        for (var i = _captions.Count - 1; i >= 0; i--)
        {
            var (start, text) = _captions[i];
            var end = i + 1 < _captions.Count ? Math.Max(_captions[i + 1].Start, start) : _samples;
            if (end <= heard) { break; }
            _captions[i] = (start, heard <= start ? "" : Share(text, (double)(heard - start) / (end - start)));
        }
        if (_audio.Count > 0)
        {
            var kept = ToBytes().AsMemory(0, (int)Math.Min(AudioBytes, heard * format.BytesPerSample));
            DropAudio();
            (AudioBytes, _samples) = (kept.Length, heard);
            _audio.Add(kept);
        }
        _samples = heard;
        return heard;
    }

    private static string Share(string text, double share)
    {
        var words = text.TrimStart().Split(' ');
        var heard = string.Join(' ', words[..(int)(words.Length * share)]);
        return heard.Length == 0 ? "" : text[..(text.Length - text.TrimStart().Length)] + heard;
    }
}
