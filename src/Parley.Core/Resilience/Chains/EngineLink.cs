namespace Parley.Resilience.Chains;

/// <summary>An engine in a chain, and the guard before it.</summary>
internal sealed record EngineLink<TPort>(EngineHandle<TPort> Handle, EngineGuard Guard)
    where TPort : class
{
    public string Name => Handle.Name;
}
