namespace Parley.Governance;

/// <summary>Who waits for a call.</summary>
public enum CallPriority
{
    /// <summary>Somebody in a conversation, now.</summary>
    Interactive,

    /// <summary>Nobody yet: something is prepared, checked or kept warm.</summary>
    Background,
}
