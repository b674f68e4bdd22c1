namespace Parley.Resilience.Chains;

/// <summary>One call on its way along a chain.</summary>
internal abstract class EngineCall<TItem>
{
    /// <summary>Whether another engine may be called.</summary>
    public abstract bool HasMore { get; }

    /// <summary>Takes the next engine that may be called.</summary>
    /// <returns>Its stream, not yet opened; null when no engine is left.</returns>
    public abstract EngineStream<TItem>? Next();

    /// <summary>Calls the engine up to its first result.</summary>
    /// <returns>Null when it serves; else why not, and the stream is disposed. Never throws.</returns>
    public abstract ValueTask<Exception?> OpenAsync(EngineStream<TItem> stream);

    /// <summary>A failure as the caller is told it.</summary>
    public abstract Exception Tell(Exception failure);

    /// <summary>What the caller is told when no engine is left.</summary>
    public abstract Exception NobodyLeft();
}
