using Parley.Asr;
using Parley.SherpaOnnx.Models;
using Parley.SherpaOnnx.Text;

namespace Parley.SherpaOnnx.Asr;

/// <summary>Recognises whole utterances. Audio stays in its stream; a loaded model is borrowed only to decode.</summary>
internal sealed class UtteranceRecognizer : ISpeechRecognizer, IDisposable
{
    private readonly SherpaOptions _options;
    private readonly TimeProvider _time;
    private readonly UtteranceDecoder _decoder;

    public UtteranceRecognizer(string name, SherpaModel model, SherpaOptions options, TimeProvider time)
    {
        (Name, _options, _time) = (name, options, time);
        var punctuator = options.Punctuation is null ? null : Punctuator.Load(options);
        _decoder = new UtteranceDecoder(name, options.Workers, () => new OfflineModel(model, options), punctuator, options.LeaseTimeout, time);
    }

    public string Name { get; }

    /// <summary>Models that nobody decodes with.</summary>
    public int FreeDecoders => _decoder.Free;

    public ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LanguageTags.Check(Name, _options, request.Language);
        return new(new WholeUtterance(Name, _decoder, request.Hints, _options, _time));
    }

    public void Dispose() => _decoder.Dispose();
}
