using System.ClientModel;
using OpenAI.Realtime;

namespace Parley.Server.Tests.Realtime;

#pragma warning disable OPENAI002 // The client calls it an experiment.

/// <summary>A conversation over OpenAI's own .NET client: remembers what came and waits for what should come.</summary>
internal sealed class StockTalk : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly IAsyncEnumerator<RealtimeServerUpdate> _updates;

    private StockTalk(RealtimeSessionClient session)
    {
        Session = session;
        _updates = session.ReceiveUpdatesAsync(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
    }

    public RealtimeSessionClient Session { get; }

    public List<RealtimeServerUpdate> Received { get; } = [];

    public static OpenAI.Realtime.RealtimeClient Client(Uri server, string key) =>
        new(new ApiKeyCredential(key), new RealtimeClientOptions { Endpoint = new Uri(server, "/v1") });

    public static async Task<StockTalk> StartAsync(Uri server, string key, RealtimeConversationSessionOptions? options = null)
    {
        var talk = new StockTalk(await Client(server, key).StartConversationSessionAsync("gpt-realtime", cancellationToken: TestContext.Current.CancellationToken));
        if (options is not null)
        {
            await talk.Session.ConfigureConversationSessionAsync(options, TestContext.Current.CancellationToken);
            await talk.NextAsync<RealtimeServerUpdateSessionUpdated>();
        }
        return talk;
    }

    /// <summary>Waits for the next update of a kind; an error ends the wait unless it is waited for.</summary>
    /// <exception cref="TimeoutException">It did not come; the message tells what came instead.</exception>
    public async Task<T> NextAsync<T>(Func<T, bool>? which = null)
        where T : RealtimeServerUpdate
    {
        var seen = Received.Count;
        while (await _updates.MoveNextAsync().AsTask().WaitAsync(s_patience))
        {
            Received.Add(_updates.Current);
            if (_updates.Current is T wanted && (which?.Invoke(wanted) ?? true)) { return wanted; }
            if (_updates.Current is RealtimeServerUpdateError { Error: var error }) { throw new InvalidOperationException($"{error.Code}: {error.Message}"); }
        }
        throw new TimeoutException($"No {typeof(T).Name} came, but: {string.Join(", ", Received.Skip(seen).Select(u => u.Kind))}");
    }

    public Task WriteAsync(string text) => Session.AddItemAsync(RealtimeItem.CreateUserMessageItem(text), TestContext.Current.CancellationToken);

    /// <summary>Asks for a response and waits until it is done.</summary>
    public async Task<RealtimeResponse> RespondAsync()
    {
        await Session.StartResponseAsync(TestContext.Current.CancellationToken);
        return (await NextAsync<RealtimeServerUpdateResponseDone>()).Response;
    }

    public async ValueTask DisposeAsync()
    {
        Session.WebSocket.Abort();
        Session.Dispose();
        await Task.CompletedTask;
    }
}
