namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>Waits for what happens on connections, which nothing tells.</summary>
internal static class Until
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <exception cref="OperationCanceledException">It did not become true.</exception>
    public static async Task TrueAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (!condition()) { await Task.Delay(5, patience.Token); }
    }
}
