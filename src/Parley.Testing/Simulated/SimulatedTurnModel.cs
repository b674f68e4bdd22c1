using Parley.Turns;

namespace Parley.Testing.Simulated;

/// <summary>Judges every pause alike, after a set time.</summary>
public sealed class SimulatedTurnModel(TimeProvider time) : IEndOfTurnModel
{
    public double Probability { get; set; } = 0.5;

    /// <summary>How long a judgement takes.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The lengths of what was judged, in samples.</summary>
    public List<int> Judged { get; } = [];

    public TimeSpan Window => TimeSpan.FromSeconds(8);

    public TimeSpan Timeout => TimeSpan.FromMilliseconds(100);

    public async Task<double> JudgeAsync(ReadOnlyMemory<short> audio, CancellationToken cancellationToken = default)
    {
        lock (Judged) { Judged.Add(audio.Length); }
        await Task.Delay(Latency, time, cancellationToken);
        return Probability;
    }
}
