using System.Text;

namespace Parley.Pipeline;

/// <summary>What a reply says, and which part of it sounds where. It outlives its reply, whose listener may yet say where they stopped.</summary>
/// <remarks>Thread-safe: the reply writes as it is thought of and sent, the session's loop asks.</remarks>
/// <param name="isSpoken">Whether it sounds at all; what is only written counts as heard.</param>
internal sealed class ReplyText(bool isSpoken)
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly WordPositions _spoken = new();
    private long _sentSamples;

    /// <summary>The samples of it that have left.</summary>
    public long SentSamples
    {
        get => Volatile.Read(ref _sentSamples);
        set => Volatile.Write(ref _sentSamples, value);
    }

    public int Length { get { lock (_lock) { return _text.Length; } } }

    public void Append(string delta) { lock (_lock) { _text.Append(delta); } }

    /// <summary>The text up to character <paramref name="textEnd"/> counts as heard from sample <paramref name="heardAt"/> on.</summary>
    public void Place(long heardAt, int textEnd) => _spoken.Add(heardAt, textEnd);

    /// <summary>The part that was heard when the listener was at <paramref name="sample"/>.</summary>
    public string HeardAt(long sample)
    {
        var length = LengthAt(sample);
        lock (_lock) { return _text.ToString(0, Math.Min(length, _text.Length)).TrimEnd(); }
    }

    /// <summary>The rest of it.</summary>
    public string UnsaidAt(long sample)
    {
        var length = LengthAt(sample);
        lock (_lock) { return length >= _text.Length ? "" : _text.ToString(length, _text.Length - length).TrimStart(); }
    }

    /// <summary>Whether an empty line, or nothing, stands at its end.</summary>
    public bool EndsParagraph { get { lock (_lock) { return _text.Length == 0 || _text is [.., '\n', '\n']; } } }

    public override string ToString() { lock (_lock) { return _text.ToString(); } }

    private int LengthAt(long sample) => isSpoken ? _spoken.HeardAt(sample) : int.MaxValue;
}
