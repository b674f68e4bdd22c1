namespace Parley.Pipeline;

/// <summary>Stops drafts for a while where most of them come to nothing.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class SpeculationBudget(SpeculationOptions options)
{
    private const int Window = 12;
    private const int Fewest = 6; // below this a rate says nothing

    private readonly Queue<bool> _kept = new();
    private int _rest;

    /// <summary>Whether a draft may be made in this turn.</summary>
    public bool Allows => options.Enabled && _rest == 0;

    /// <summary>A draft was kept or came to nothing.</summary>
    public void Count(bool kept)
    {
        _kept.Enqueue(kept);
        if (_kept.Count > Window) { _kept.Dequeue(); }
        if (_kept.Count < Fewest || _kept.Count(k => !k) <= options.MaxDiscardRate * _kept.Count) { return; }
        _rest = options.RestTurns;
        _kept.Clear();
    }

    /// <summary>A turn has ended.</summary>
    public void EndTurn()
    {
        if (_rest > 0) { _rest--; }
    }
}
