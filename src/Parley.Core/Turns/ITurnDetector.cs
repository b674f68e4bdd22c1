namespace Parley.Turns;

/// <summary>Decides whether a speaker who has fallen silent has finished.</summary>
/// <remarks>Pure and quick: asked on the session's loop at each silent window. Thread-safe; one detector serves all sessions.</remarks>
public interface ITurnDetector
{
    /// <summary>The name that configuration and the timeline use.</summary>
    string Name { get; }

    /// <summary>Judges the silence so far.</summary>
    TurnDecision Decide(in TurnSignals signals);
}
