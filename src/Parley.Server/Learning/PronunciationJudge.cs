using Parley.Alignment;
using Parley.Diagnostics;
using Parley.Learning.Pronunciation;

namespace Parley.Server.Learning;

/// <summary>What judges pronunciation on this server, for all who ask; loaded when it is first needed.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="engine">The aligner.</param>
internal sealed class PronunciationJudge(EngineRegistration<IPhoneAligner> engine) : IDisposable
{
    private readonly Lazy<IPhoneAligner> _aligner = new(engine.Create);

    /// <summary>The assessor; null where no aligner is installed.</summary>
    /// <exception cref="VoiceException">The aligner cannot be loaded.</exception>
    public PronunciationAssessor? Assessor => engine.Probe().Available ? new PronunciationAssessor(_aligner.Value) : null;

    /// <summary>What is missing where there is none.</summary>
    public EngineStatus Status => engine.Probe();

    public void Dispose()
    {
        if (_aligner is { IsValueCreated: true, Value: IDisposable aligner }) { aligner.Dispose(); }
    }
}
