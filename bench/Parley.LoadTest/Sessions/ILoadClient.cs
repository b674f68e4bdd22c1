namespace Parley.LoadTest.Sessions;

/// <summary>One client: sends a frame every 20 ms.</summary>
internal interface ILoadClient : IAsyncDisposable
{
    /// <exception cref="System.Net.WebSockets.WebSocketException">Nobody answers.</exception>
    Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Sends the next 20 ms. Called by one thread, and returns at once.</summary>
    /// <param name="now">A timestamp.</param>
    void Tick(long now);
}
