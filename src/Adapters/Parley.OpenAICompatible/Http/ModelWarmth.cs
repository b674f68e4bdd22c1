namespace Parley.OpenAICompatible.Http;

/// <summary>A model that its server loads on demand and forgets after a while: a tiny call before the first turn, and again when it was long unused.</summary>
/// <param name="load">The tiny call. Throws where it fails.</param>
/// <param name="interval">How long the model may be unused until it is asked again.</param>
/// <param name="time">The clock.</param>
internal sealed class ModelWarmth(Func<CancellationToken, Task> load, TimeSpan interval, TimeProvider time)
{
    /// <summary>How long a model may take to be loaded from disk.</summary>
    public static readonly TimeSpan LoadTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Servers that forget models do so after five minutes, as Ollama does.</summary>
    private static readonly TimeSpan s_usual = TimeSpan.FromMinutes(4);

    private long _used;
    private volatile bool _isLoaded;

    /// <summary>Whether it was not asked yet.</summary>
    public bool IsNew { get; private set; } = true;

    /// <summary>A turn used the model, so its server has it at hand.</summary>
    public void Used() => Interlocked.Exchange(ref _used, time.GetTimestamp());

    /// <summary>Keeps a model loaded for as long as the upstream lives, unless that is not wanted.</summary>
    /// <param name="upstream">Its server.</param>
    /// <param name="interval">As in the engines' options: zero is never; null is four minutes on a server of one's own, never elsewhere.</param>
    /// <param name="isLocal">Whether the server is one's own.</param>
    /// <param name="load">The tiny call.</param>
    /// <param name="time">The clock.</param>
    /// <returns>To be told of each use; null: nothing is kept.</returns>
    public static ModelWarmth? Keep(Upstream upstream, TimeSpan? interval, bool isLocal, Func<CancellationToken, Task> load, TimeProvider time)
    {
        var wait = interval ?? (isLocal ? s_usual : TimeSpan.Zero);
        if (wait <= TimeSpan.Zero) { return null; }
        var model = new ModelWarmth(load, wait, time);
        upstream.Warmth.Add(model);
        return model;
    }

    public async Task LoadIfDueAsync(CancellationToken cancellationToken)
    {
        IsNew = false;
        if (_isLoaded && time.GetElapsedTime(Interlocked.Read(ref _used)) < interval) { return; }
        try
        {
            await load(cancellationToken);
            _isLoaded = true;
            Used();
        }
        catch (Diagnostics.VoiceException)
        {
            // Not there yet, perhaps: it is tried again with the next round.
        }
    }
}
