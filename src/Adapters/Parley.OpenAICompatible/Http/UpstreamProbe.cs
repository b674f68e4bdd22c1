using System.Net;
using Parley.Diagnostics;

namespace Parley.OpenAICompatible.Http;

/// <summary>Asks an upstream for something cheap: a server that answers is there, unless it says that it is not able to.</summary>
/// <remarks>It tells nothing of a model: where that is loaded, or whether it is any good, only a call finds out. Thread-safe.</remarks>
internal static class UpstreamProbe
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Returns if the server is there.</summary>
    /// <param name="stage">What the engine that asks serves.</param>
    /// <param name="upstream">Its server.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VoiceException">It does not answer in time, fails, or takes no more calls (429).</exception>
    public static async ValueTask AskAsync(VoiceStage stage, Upstream upstream, TimeProvider time, CancellationToken cancellationToken)
    {
        using var guard = new StallGuard(stage, "answer", s_patience, time, cancellationToken);
        using var answer = await guard.RunAsync(ct => new ValueTask<HttpResponseMessage>(upstream.AskAsync(ct)));
        if (answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError) { throw UpstreamErrors.FromStatus(stage, answer, null, time); }
    }
}
