using Parley.Core.Tests.OpenAICompatible;
using Parley.Testing.Contracts;
using Parley.Tts;
using Parley.WebSockets.ElevenLabs;

namespace Parley.Core.Tests.WebSockets;

public sealed class ElevenLabsSynthesizerContractTests : SpeechSynthesizerContract, IAsyncLifetime
{
    private ModelServer? _server;
    private ElevenLabsSynthesizer? _engine;

    protected override ISpeechSynthesizer Engine => _engine!;

    public async ValueTask InitializeAsync()
    {
        _server = await ModelServer.StartAsync(new ElevenLabsServer().ServeAsync);
        _engine = new ElevenLabsSynthesizer("far", new ElevenLabsOptions { Url = new UriBuilder(_server.BaseUrl) { Scheme = "ws" }.Uri, Attributes = { Languages = { "en" } } });
    }

    public async ValueTask DisposeAsync()
    {
        _engine?.Dispose();
        if (_server is not null) { await _server.DisposeAsync(); }
    }
}
