using Parley.Asr;
using Parley.OpenAICompatible.Asr;
using Parley.OpenAICompatible.Http;
using Parley.Testing.Contracts;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>The contract in each way of sending audio, against a server that "hears" a word a second wherever it is not silent.</summary>
public abstract class TranscriptionRecognizerContractTests : SpeechRecognizerContract, IAsyncLifetime
{
    private const string Whole = """
        {"task":"transcribe","language":"english","duration":3.0,"text":" Hello there learner.",
         "words":[{"word":"Hello","start":0.1,"end":0.9},{"word":"there","start":0.9,"end":1.8},{"word":"learner","start":1.8,"end":2.7}],
         "segments":[{"id":0,"start":0,"end":3.0,"text":" Hello there learner.","avg_logprob":-0.2,"no_speech_prob":0.01}]}
        """;

    private readonly TranscriptionServer _heard = new() { Answer = _ => ("application/json", Whole) };
    private ModelServer? _server;
    private TranscriptionRecognizer? _recognizer;

    protected override ISpeechRecognizer Recognizer => _recognizer!;

    protected override short[] Speech { get; } = [.. Enumerable.Range(0, 3 * 16_000).Select(i => (short)(8_000 * Math.Sin(i * 0.1)))];

    protected override string SpokenWord => "there";

    protected override int? FreeDecoders => null;

    internal abstract TranscriptionEngineOptions Options { get; }

    public async ValueTask InitializeAsync()
    {
        _server = await ModelServer.StartAsync(_heard.ServeAsync);
        _recognizer = new TranscriptionRecognizer("near", Options, UpstreamPool.Of("near", new UpstreamOptions { BaseUrl = _server.BaseUrl }).Lease("near"));
    }

    public async ValueTask DisposeAsync()
    {
        _recognizer?.Dispose();
        if (_server is not null) { await _server.DisposeAsync(); }
        GC.SuppressFinalize(this);
    }

    public sealed class WholeTests : TranscriptionRecognizerContractTests
    {
        internal override TranscriptionEngineOptions Options => new();
    }

    public sealed class ChunkedTests : TranscriptionRecognizerContractTests
    {
        internal override TranscriptionEngineOptions Options => new() { Mode = TranscriptionMode.Chunked, WindowStep = TimeSpan.FromSeconds(0.2) };
    }

    public sealed class WindowsAloneTests : TranscriptionRecognizerContractTests
    {
        internal override TranscriptionEngineOptions Options => new() { Mode = TranscriptionMode.Chunked, WindowStep = TimeSpan.FromSeconds(0.2), FinalFromWindows = true };
    }
}
