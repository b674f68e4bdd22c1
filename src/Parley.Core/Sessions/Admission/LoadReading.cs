namespace Parley.Sessions.Admission;

/// <summary>How busy this process is.</summary>
/// <param name="Cpu">The share of this machine's processors that it uses, 0 to 1.</param>
/// <param name="Lateness">How late timers fire, 95th percentile.</param>
public readonly record struct LoadReading(double Cpu, TimeSpan Lateness);
