namespace Parley.Diagnostics;

/// <summary>One answer of the gateway as it is measured; disposing it says that it is over.</summary>
/// <remarks>Not thread-safe. An answer that was neither completed nor failed was given up by its client.</remarks>
public sealed class MeasuredAnswer : IDisposable
{
    private readonly GatewayMetrics _metrics;
    private readonly ReplyMode _mode;
    private readonly long _started;
    private TimeSpan? _first;
    private string? _outcome;

    internal MeasuredAnswer(GatewayMetrics metrics, ReplyMode mode, long started) => (_metrics, _mode, _started) = (metrics, mode, started);

    /// <summary>The first content is on its way to the client; later ones do not count.</summary>
    public void Answered() => _first ??= _metrics.Since(_started);

    public void Completed() => _outcome = "completed";

    public void Failed() => _outcome = "failed";

    public void Dispose() => _metrics.End(_mode, _outcome ?? (_first is null ? "refused" : "abandoned"), _first, _metrics.Since(_started));
}
