namespace Parley.Governance;

/// <summary>What is going on before one engine.</summary>
/// <param name="Limit">Calls that it may have at a time now.</param>
/// <param name="InUse">Calls that it has.</param>
/// <param name="Waiting">Calls that wait for their turn.</param>
/// <param name="Shed">Calls that were turned away so far.</param>
/// <param name="Forgotten">Places that were not given back and had to be taken.</param>
public readonly record struct SchedulerReadings(int Limit, int InUse, int Waiting, long Shed, long Forgotten);
