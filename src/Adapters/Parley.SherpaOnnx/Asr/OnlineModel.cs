using Parley.Audio;
using Parley.Diagnostics;
using Parley.SherpaOnnx.Models;
using Parley.SherpaOnnx.Native;

namespace Parley.SherpaOnnx.Asr;

/// <summary>A loaded streaming recogniser. It is safe for several threads as long as each works on other streams.</summary>
internal sealed unsafe class OnlineModel : IDisposable
{
    private static readonly float[] s_tail = new float[(int)(0.66 * AudioMath.SpeechRate)];

    // A Paraformer takes 0.61 s at a time and leaves the last 0.18 s of it for the next.
    private static readonly float[] s_paraformerTail = new float[AudioMath.SpeechRate];

    private readonly float[] _tail;
    private readonly OnlineRecognizerHandle _handle;
    private readonly TokenText _text;
    private readonly HintEncoder? _hints;

    /// <exception cref="VoiceException">The library refuses the model.</exception>
    public OnlineModel(SherpaModel model, SherpaOptions options)
    {
        _text = TokenText.Read(model);
        _hints = HintEncoder.For(model, options, _text);
        _tail = model.Kind == SherpaModelKind.StreamingParaformer ? s_paraformerTail : s_tail;
        using var strings = new NativeStrings();
        var config = Configure(model, options, strings);
        _handle = SherpaLibrary.CreateOnlineRecognizer(config);
        if (_handle.IsInvalid) { throw new VoiceException(VoiceStage.Asr, $"sherpa-onnx refuses the model in {model.Folder}.") { Class = FailureClass.Resource }; }
    }

    public OnlineStreamHandle Open(Parley.Asr.RecognitionHints? hints) => _hints?.Encode(hints) is { } words
        ? SherpaLibrary.CreateOnlineStream(_handle, words)
        : SherpaLibrary.CreateOnlineStream(_handle);

    public static void Feed(OnlineStreamHandle stream, ReadOnlySpan<float> samples)
    {
        fixed (float* first = samples) { SherpaLibrary.AcceptWaveform(stream, AudioMath.SpeechRate, first, samples.Length); }
    }

    /// <summary>Ends the audio with the silence that the model needs to let go of the last word.</summary>
    public void Finish(OnlineStreamHandle stream)
    {
        Feed(stream, _tail);
        SherpaLibrary.InputFinished(stream);
    }

    public bool IsReady(OnlineStreamHandle stream) => SherpaLibrary.IsReady(_handle, stream) != 0;

    /// <summary>Decodes a chunk of each stream; all must be ready.</summary>
    public void Decode(ReadOnlySpan<OnlineStreamHandle> streams)
    {
        var pointers = stackalloc nint[streams.Length];
        for (var i = 0; i < streams.Length; i++) { pointers[i] = streams[i].DangerousGetHandle(); }
        SherpaLibrary.Decode(_handle, pointers, streams.Length);
    }

    public Hypothesis Read(OnlineStreamHandle stream)
    {
        var result = SherpaLibrary.GetResult(_handle, stream);
        if (result is null) { return Hypothesis.Empty; }
        try
        {
            return _text.Write(result->Text, result->TokenTexts, result->Timestamps, null, result->Count);
        }
        finally
        {
            SherpaLibrary.DestroyResult(result);
        }
    }

    public void Dispose() => _handle.Dispose();

    internal static OnlineConfig Configure(SherpaModel model, SherpaOptions options, NativeStrings strings)
    {
        nint File(string role) => strings.Copy(model.Networks.GetValueOrDefault(role));
        var config = new OnlineConfig
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
            case SherpaModelKind.StreamingParaformer: (config.ParaformerEncoder, config.ParaformerDecoder) = (File("encoder"), File("decoder")); break;
            case SherpaModelKind.StreamingZipformer2Ctc: config.Zipformer2Ctc = File("model"); break;
            default: (config.TransducerEncoder, config.TransducerDecoder, config.TransducerJoiner) = (File("encoder"), File("decoder"), File("joiner")); break;
        }
        return config;
    }
}
