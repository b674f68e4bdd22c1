using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.SherpaOnnx.Models;
using Parley.SherpaOnnx.Native;

namespace Parley.SherpaOnnx.Asr;

/// <summary>A loaded recogniser of whole utterances. One thread at a time.</summary>
internal sealed unsafe class OfflineModel : IDisposable
{
    /// <summary>Networks fail on fewer frames than their window holds; silence in front of the end changes no text.</summary>
    private static readonly int s_fewest = AudioMath.SpeechRate / 2;

    private readonly OfflineRecognizerHandle _handle;
    private readonly TokenText _text;
    private readonly HintEncoder? _hints;

    /// <exception cref="VoiceException">The library refuses the model.</exception>
    public OfflineModel(SherpaModel model, SherpaOptions options)
    {
        _text = TokenText.Read(model);
        _hints = HintEncoder.For(model, options, _text);
        using var strings = new NativeStrings();
        var config = Configure(model, options, strings);
        _handle = SherpaLibrary.CreateOfflineRecognizer(config);
        if (_handle.IsInvalid) { throw new VoiceException(VoiceStage.Asr, $"sherpa-onnx refuses the model in {model.Folder}.") { Class = FailureClass.Resource }; }
    }

    /// <summary>Decodes an utterance; cannot be stopped.</summary>
    public Hypothesis Decode(ReadOnlySpan<float> samples, RecognitionHints? hints)
    {
        if (samples.Length == 0) { return Hypothesis.Empty; }
        using var stream = _hints?.Encode(hints) is { } words
            ? SherpaLibrary.CreateOfflineStream(_handle, words)
            : SherpaLibrary.CreateOfflineStream(_handle);
        if (samples.Length < s_fewest)
        {
            var padded = new float[s_fewest];
            samples.CopyTo(padded);
            samples = padded;
        }
        fixed (float* first = samples) { SherpaLibrary.AcceptWaveform(stream, AudioMath.SpeechRate, first, samples.Length); }
        SherpaLibrary.Decode(_handle, stream);
        var result = SherpaLibrary.GetResult(stream);
        if (result is null) { return Hypothesis.Empty; }
        try
        {
            return _text.Write(result->Text, result->TokenTexts, result->Timestamps, result->LogProbabilities, result->Count);
        }
        finally
        {
            SherpaLibrary.DestroyResult(result);
        }
    }

    public void Dispose() => _handle.Dispose();

    internal static OfflineConfig Configure(SherpaModel model, SherpaOptions options, NativeStrings strings)
    {
        nint File(string role) => strings.Copy(model.Networks.GetValueOrDefault(role));
        // Whisper and SenseVoice hear which language is spoken; told one of several they would force it upon the others.
        var language = strings.Copy(ModelLanguages.Forced(options));
        var config = new OfflineConfig
        {
            Features = FeatureConfig.Speech,
            Tokens = strings.Copy(model.Tokens),
            Threads = options.Threads,
            Provider = strings.Copy("cpu"),
            DecodingMethod = strings.Copy(HintEncoder.UsesBeam(model, options) ? "modified_beam_search" : "greedy_search"),
            MaxActivePaths = 4,
            HotwordsScore = (float)options.HotwordsScore,
            ModelingUnit = strings.Copy(HintEncoder.ModelingUnit(model)),
            BpeVocab = strings.Copy(model.Extras.GetValueOrDefault("bpe.vocab")),
        };
        switch (model.Kind)
        {
            case SherpaModelKind.Whisper:
                (config.WhisperEncoder, config.WhisperDecoder) = (File("encoder"), File("decoder"));
                (config.WhisperLanguage, config.WhisperTask, config.WhisperTailPaddings) = (language, strings.Copy("transcribe"), -1);
                break;
            case SherpaModelKind.SenseVoice:
                (config.SenseVoice, config.SenseVoiceItn) = (File("model"), 1);
                config.SenseVoiceLanguage = language != 0 ? language : strings.Copy("auto");
                break;
            case SherpaModelKind.Moonshine:
                (config.MoonshinePreprocessor, config.MoonshineEncoder) = (File("preprocess"), File("encode"));
                (config.MoonshineUncachedDecoder, config.MoonshineCachedDecoder) = (File("uncached_decode"), File("cached_decode"));
                break;
            case SherpaModelKind.Paraformer: config.Paraformer = File("model"); break;
            default:
                (config.TransducerEncoder, config.TransducerDecoder, config.TransducerJoiner) = (File("encoder"), File("decoder"), File("joiner"));
                if (ModelMetadata.IsNemo(model.Metadata)) { config.ModelType = strings.Copy("nemo_transducer"); }
                break;
        }
        return config;
    }
}
