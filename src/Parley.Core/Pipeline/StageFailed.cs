using Parley.Diagnostics;

namespace Parley.Pipeline;

/// <summary>Tells client and log that a stage failed.</summary>
/// <param name="stage">The stage.</param>
/// <param name="failure">What happened.</param>
/// <param name="turnId">The turn of the user that was not understood; null: it was not that.</param>
internal delegate void StageFailed(VoiceStage stage, Exception failure, string? turnId = null);
