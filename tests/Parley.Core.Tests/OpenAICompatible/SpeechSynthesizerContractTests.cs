using Parley.OpenAICompatible.Http;
using Parley.OpenAICompatible.Tts;
using Parley.Testing.Contracts;
using Parley.Tts;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>The contract in each form that audio comes in.</summary>
public abstract class SpeechSynthesizerContractTests : SpeechSynthesizerContract, IAsyncLifetime
{
    private ModelServer? _server;
    private SpeechSynthesizer? _engine;

    protected override ISpeechSynthesizer Engine => _engine!;

    internal abstract void Configure(SpeechEngineOptions options);

    public async ValueTask InitializeAsync()
    {
        _server = await ModelServer.StartAsync(SpeechServer.ServeAsync);
        var options = new SpeechEngineOptions { Attributes = { Languages = { "en" } } };
        Configure(options);
        _engine = new SpeechSynthesizer("near", options, UpstreamPool.Of("near", new UpstreamOptions { BaseUrl = _server.BaseUrl }).Lease("near"));
        // A voice's pace is learnt from its first clauses; after them the same text has the same times.
        for (var i = 0; i < SpeakingPace.Enough; i++) { await SpeakAsync("This is how the voice speaks."); }
    }

    public async ValueTask DisposeAsync()
    {
        _engine?.Dispose();
        if (_server is not null) { await _server.DisposeAsync(); }
        GC.SuppressFinalize(this);
    }

    public sealed class PcmTests : SpeechSynthesizerContractTests
    {
        internal override void Configure(SpeechEngineOptions options) { }
    }

    public sealed class WavTests : SpeechSynthesizerContractTests
    {
        internal override void Configure(SpeechEngineOptions options) => options.Format = "wav";
    }

    public sealed class EventsTests : SpeechSynthesizerContractTests
    {
        internal override void Configure(SpeechEngineOptions options) => options.Events = true;
    }
}
