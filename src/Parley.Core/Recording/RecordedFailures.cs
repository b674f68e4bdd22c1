using Parley.Diagnostics;

namespace Parley.Recording;

internal static class RecordedFailures
{
    /// <summary>What of a failure may be kept: the messages of engines hold nothing that was said, those of other exceptions might.</summary>
    public static RecordedFailure From(int call, Exception failure) => failure is VoiceException known
        ? new RecordedFailure(call, known.Message, known.IsTransient) : new RecordedFailure(call, failure.GetType().Name, IsTransient: true);
}
