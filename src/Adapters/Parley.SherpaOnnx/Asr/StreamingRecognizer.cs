using Parley.Asr;
using Parley.Diagnostics;
using Parley.SherpaOnnx.Models;
using Parley.SherpaOnnx.Text;

namespace Parley.SherpaOnnx.Asr;

/// <summary>Recognises while one speaks. When a turn ends is Parley's to say: the library's own endpoint rules are off.</summary>
internal sealed class StreamingRecognizer : ISpeechRecognizer, IDisposable
{
    private readonly SherpaOptions _options;
    private readonly TimeProvider _time;
    private readonly OnlineModel _model;
    private readonly StreamingDecoder _decoder;
    private readonly Punctuator? _punctuator;
    private readonly Leases _leases;

    public StreamingRecognizer(string name, SherpaModel model, SherpaOptions options, TimeProvider time)
    {
        (Name, _options, _time) = (name, options, time);
        _leases = new Leases(VoiceStage.Asr, name, options.MaxStreams, options.LeaseTimeout, time);
        _punctuator = options.Punctuation is null ? null : Punctuator.Load(options);
        _model = new OnlineModel(model, options);
        _decoder = new StreamingDecoder(_model, options.Workers, options.MaxBatch);
    }

    public string Name { get; }

    /// <summary>Utterances that may still be opened.</summary>
    public int FreeDecoders => _leases.Free;

    public async ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default)
    {
        LanguageTags.Check(Name, _options, request.Language);
        var lease = await _leases.TakeAsync(cancellationToken);
        try
        {
            return new StreamingUtterance(Name, _model.Open(request.Hints), _decoder, _punctuator, _options, _time, lease.Dispose);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _punctuator?.Dispose();
        _leases.Dispose();
    }
}
