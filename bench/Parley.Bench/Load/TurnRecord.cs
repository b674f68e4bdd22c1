using System.Diagnostics;
using Parley.Transports.Protocol;

namespace Parley.Bench.Load;

/// <summary>An answered turn.</summary>
/// <param name="Metrics">What the server measured.</param>
/// <param name="SpeechSent">When the client had sent the last sample of speech.</param>
/// <param name="AudioArrived">When the first packet of the answer had arrived.</param>
internal sealed record TurnRecord(TurnMetrics Metrics, long SpeechSent, long AudioArrived)
{
    /// <summary>When the first feedback on it had arrived; null: none came.</summary>
    public long? FeedbackArrived { get; init; }

    /// <summary>When all feedback on it had arrived; null: it did not come.</summary>
    public long? FinalArrived { get; init; }

    /// <summary>From the last sample of speech to the first feedback.</summary>
    public double? FirstFeedbackMs => Since(FeedbackArrived);

    /// <summary>From the last sample of speech to the last feedback.</summary>
    public double? FinalFeedbackMs => Since(FinalArrived);

    /// <summary>What the user feels, as the client sees it.</summary>
    public double FirstAudioMs => Stopwatch.GetElapsedTime(SpeechSent, AudioArrived).TotalMilliseconds;

    private double? Since(long? arrived) => arrived is { } at ? Stopwatch.GetElapsedTime(SpeechSent, at).TotalMilliseconds : null;
}
