using Parley.Asr;
using Parley.Core.Tests.OpenAICompatible;
using Parley.Testing.Contracts;
using Parley.WebSockets.DashScope;

namespace Parley.Core.Tests.WebSockets;

public sealed class DashScopeRecognizerContractTests : SpeechRecognizerContract, IAsyncLifetime
{
    private ModelServer? _server;
    private DashScopeRecognizer? _recognizer;

    protected override ISpeechRecognizer Recognizer => _recognizer!;

    protected override short[] Speech { get; } = [.. Enumerable.Range(0, 3 * 16_000).Select(i => (short)(8_000 * Math.Sin(i * 0.1)))];

    protected override string SpokenWord => "there";

    protected override int? FreeDecoders => null;

    public async ValueTask InitializeAsync()
    {
        _server = await ModelServer.StartAsync(new DashScopeServer().ServeAsync);
        _recognizer = new DashScopeRecognizer("far", new DashScopeOptions { Url = new UriBuilder(_server.BaseUrl) { Scheme = "ws" }.Uri });
    }

    public async ValueTask DisposeAsync()
    {
        _recognizer?.Dispose();
        if (_server is not null) { await _server.DisposeAsync(); }
    }
}
