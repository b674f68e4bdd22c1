using System.Diagnostics;
using Parley.Transports.Protocol;

namespace Parley.Bench.Load;

/// <summary>An answered turn.</summary>
/// <param name="Metrics">What the server measured.</param>
/// <param name="SpeechSent">When the client had sent the last sample of speech.</param>
/// <param name="AudioArrived">When the first packet of the answer had arrived.</param>
internal sealed record TurnRecord(TurnMetrics Metrics, long SpeechSent, long AudioArrived)
{
    /// <summary>What the user feels, as the client sees it.</summary>
    public double FirstAudioMs => Stopwatch.GetElapsedTime(SpeechSent, AudioArrived).TotalMilliseconds;
}
