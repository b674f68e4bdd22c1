using Parley.Alignment;
using Parley.Diagnostics;
using Parley.Learning.Pronunciation;
using Parley.Learning.Pronunciation.Reference;
using Parley.Learning.Pronunciation.Stress;
using Parley.Tts;

namespace Parley.Server.Learning;

/// <summary>What judges pronunciation on this server, for all who ask; loaded when it is first needed.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="engine">The aligner.</param>
/// <param name="voice">Whom readings are compared with, where it is installed.</param>
/// <param name="model">What experts would say; null: the one that comes with Parley.</param>
/// <param name="time">The clock of the timeouts.</param>
internal sealed class PronunciationJudge(EngineRegistration<IPhoneAligner> engine, EngineRegistration<ISpeechSynthesizer> voice, PronunciationModel? model, TimeProvider time) : IDisposable
{
    private readonly Lazy<Parts> _parts = new(() => Parts.Create(engine, voice, model, time));

    /// <summary>The assessor; null where no aligner is installed.</summary>
    /// <exception cref="VoiceException">The aligner cannot be loaded.</exception>
    public PronunciationAssessor? Assessor => engine.Probe().Available ? _parts.Value.Assessor : null;

    /// <summary>What is missing where there is none.</summary>
    public EngineStatus Status => engine.Probe();

    public void Dispose()
    {
        if (_parts.IsValueCreated) { _parts.Value.Dispose(); }
    }

    private sealed record Parts(PronunciationAssessor Assessor, IPhoneAligner Aligner, ISpeechSynthesizer? Voice) : IDisposable
    {
        public static Parts Create(EngineRegistration<IPhoneAligner> engine, EngineRegistration<ISpeechSynthesizer> voice, PronunciationModel? model, TimeProvider time)
        {
            var aligner = engine.Create();
            var speaker = voice.Probe().Available ? voice.Create() : null;
            return new(new(aligner, model,  speaker is null ? null : new NativeVoice(speaker, aligner, time), StressLexicon.Installed), aligner, speaker);
        }

        public void Dispose()
        {
            (Aligner as IDisposable)?.Dispose();
            (Voice as IDisposable)?.Dispose();
        }
    }
}
