using Parley.Transports.Protocol;

namespace Parley.Sessions;

/// <summary>Learns how sessions begin and end, and what their clients tell of them: figures, experiments.</summary>
/// <remarks>Called by sessions' loops, of several sessions at once: returns at once, waits for nothing and does not throw.</remarks>
public interface ISessionObserver
{
    /// <summary>A session begins, or goes on.</summary>
    void OnBegan(BegunSession session);

    /// <summary>A client tells of something that happened.</summary>
    void OnEvent(string sessionId, AnalyticsEvent told);

    /// <summary>A session is over here; it may go on later.</summary>
    void OnEnded(string sessionId);
}
