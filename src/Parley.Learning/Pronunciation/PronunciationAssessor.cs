using Parley.Alignment;
using Parley.Diagnostics;
using Parley.Learning.Pronunciation.Features;
using Parley.Learning.Pronunciation.Reference;
using Parley.Learning.Pronunciation.Stress;

namespace Parley.Learning.Pronunciation;

/// <summary>Judges how a known text was read aloud.</summary>
/// <param name="aligner">Lays the text along the recording.</param>
/// <param name="model">What experts would say; null: the one that comes with Parley.</param>
/// <param name="native">Whom readings are compared with; null: nobody.</param>
/// <param name="lexicon">Knows which syllables are stressed; null: stress is not judged.</param>
/// <remarks>Thread-safe.</remarks>
public sealed class PronunciationAssessor(IPhoneAligner aligner, PronunciationModel? model = null, NativeVoice? native = null, StressLexicon? lexicon = null)
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxText = 2000;

    private readonly PronunciationModel _model = model ?? PronunciationModel.Embedded;
    private readonly WordStress? _stress = lexicon is null ? null : new(lexicon, StressModel.Embedded);

    /// <summary>Judges a recording.</summary>
    /// <param name="text">What was to be read.</param>
    /// <param name="samples">16 kHz mono, the whole recording.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VoiceException">
    /// It cannot be scored, because of the text or the recording (<see cref="FailureClass.UserInput"/>, the message says why), or the aligner failed.
    /// </exception>
    public async Task<Assessment> AssessAsync(string text, ReadOnlyMemory<short> samples, CancellationToken cancellationToken = default)
    {
        if (text.Length > MaxText) { throw Unscorable($"The text is longer than {MaxText} characters."); }
        var words = ReadingText.Words(text);
        if (words.Count == 0) { throw Unscorable("The text has no words."); }
        var quality = RecordingQuality.Of(samples.Span);
        if (quality.Fault is { } fault) { throw Unscorable(fault); }
        var alignment = await aligner.AlignAsync(words, samples, cancellationToken);
        var reading = new Reading(alignment, SpeechTrack.Of(samples.Span));
        var guess = _model.Score(reading);
        if (TextMatch.Fault(reading, guess) is { } mismatch) { throw Unscorable(mismatch); }
        var assessment = AssessmentBuilder.Build(reading, guess, _model, quality.Trust, _stress);
        return native is not null && await native.ReadAsync(words, cancellationToken) is { } other ? assessment.Beside(native.Name, SpokenText.Of(samples.Span, alignment), other) : assessment;
    }

    internal static VoiceException Unscorable(string message) => new(VoiceStage.Coach, message) { Class = FailureClass.UserInput };
}
