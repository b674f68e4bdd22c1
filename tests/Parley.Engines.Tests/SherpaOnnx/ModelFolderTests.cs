using System.Text;
using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Models;
using static Parley.SherpaOnnx.SherpaModelKind;

namespace Parley.Engines.Tests.SherpaOnnx;

public sealed class ModelFolderTests(ModelFixture models) : IClassFixture<ModelFixture>
{
    private static readonly byte[] s_tokens = Encoding.UTF8.GetBytes("<blk> 0\na 1\n");
    private static readonly byte[] s_plain = OnnxGraph.WithMetadata();
    private static readonly byte[] s_decoder = OnnxGraph.WithMetadata(("vocab_size", "500"), ("context_size", "2"));
    private static readonly byte[] s_streamingEncoder = OnnxGraph.WithMetadata(("model_type", "zipformer2"), ("decode_chunk_len", "32"), ("T", "45"));
    private static readonly byte[] s_vits = OnnxGraph.WithMetadata(("sample_rate", "22050"), ("n_speakers", "1"), ("language", "English"), ("comment", "piper"), ("voice", "en-us"));
    private static readonly byte[] s_kokoro =
        OnnxGraph.WithMetadata(("model_type", "kokoro"), ("sample_rate", "24000"), ("n_speakers", "2"), ("has_espeak", "1"), ("style_dim", "5,1,4"));
    private static readonly byte[] s_paraformer = OnnxGraph.WithMetadata(
        ("lfr_window_size", "7"), ("lfr_window_shift", "6"), ("vocab_size", "8"), ("neg_mean", "0"), ("inv_stddev", "1"), ("encoder_output_size", "512"),
        ("decoder_num_blocks", "16"), ("decoder_kernel_size", "11"));
    private static readonly byte[] s_whisper = OnnxGraph.WithMetadata([.. new[]
        {
            "n_mels", "n_text_layer", "n_text_ctx", "n_text_state", "n_vocab", "sot", "eot", "blank_id", "translate", "transcribe", "is_multilingual",
            "no_timestamps", "no_speech", "sot_sequence",
        }.Select(k => (k, "0"))]);

    [Fact]
    public void Recognize_StreamingZipformer_TakesInt8WherePreferred()
    {
        var folder = models.Folder("streaming",
            ("encoder-epoch-99-avg-1.onnx", s_streamingEncoder), ("encoder-epoch-99-avg-1.int8.onnx", s_streamingEncoder),
            ("decoder-epoch-99-avg-1.onnx", s_decoder), ("joiner-epoch-99-avg-1.int8.onnx", s_plain), ("tokens.txt", s_tokens), ("bpe.vocab", s_tokens));

        var small = Recognize(folder);
        var large = ModelFolder.Recognize(new SherpaOptions { Folder = folder, PreferInt8 = false });

        Assert.Equal(StreamingTransducer, small.Kind);
        Assert.True(small.IsStreaming);
        Assert.EndsWith("encoder-epoch-99-avg-1.int8.onnx", small.Networks["encoder"]);
        Assert.EndsWith("decoder-epoch-99-avg-1.onnx", small.Networks["decoder"]);
        Assert.EndsWith("encoder-epoch-99-avg-1.onnx", large.Networks["encoder"]);
        Assert.EndsWith("joiner-epoch-99-avg-1.int8.onnx", large.Networks["joiner"]);
        Assert.Contains("bpe.vocab", small.Extras.Keys);
    }

    [Fact]
    public void Recognize_OneFolderOfEachKind_TellsIt()
    {
        (SherpaModelKind Kind, (string, byte[])[] Files)[] folders =
        [
            (Transducer, [("encoder.onnx", OnnxGraph.WithMetadata(("model_type", "zipformer2"))), ("decoder.onnx", s_decoder), ("joiner.onnx", s_plain), Tokens()]),
            (StreamingParaformer, [("encoder.int8.onnx", s_paraformer), ("decoder.int8.onnx", s_plain), Tokens()]),
            (Paraformer, [("model.int8.onnx", s_paraformer), Tokens()]),
            (Whisper, [("tiny.en-encoder.int8.onnx", s_whisper), ("tiny.en-decoder.int8.onnx", s_plain), Tokens("tiny.en-tokens.txt")]),
            (Moonshine, [("preprocess.onnx", s_plain), ("encode.int8.onnx", s_plain), ("uncached_decode.int8.onnx", s_plain), ("cached_decode.int8.onnx", s_plain), Tokens()]),
            (Kokoro, [("model.onnx", s_kokoro), ("voices.bin", new byte[5 * 4 * 2 * 4]), ("espeak-ng-data/phontab", [1]), Tokens()]),
            (Vits, [("en_US-lessac-medium.onnx", s_vits), ("en_US-lessac-medium.onnx.json", [1]), ("espeak-ng-data/phontab", [1]), Tokens()]),
            (Matcha, [("model-steps-3.onnx", OnnxGraph.WithMetadata(("model_type", "matcha-tts"), ("sample_rate", "22050"), ("n_speakers", "1"), ("use_eos_bos", "1"), ("pad_id", "0"))),
                ("vocos-22khz-univ.onnx", OnnxGraph.WithMetadata(("model_type", "vocos"))), Tokens()]),
            (Punctuation, [("model.onnx", OnnxGraph.WithMetadata(("punctuations", "a"), ("tokens", "a"), ("vocab_size", "1"), ("unk_symbol", "a")))]),
            (CasingPunctuation, [("model.onnx", OnnxGraph.WithMetadata([.. new[] { "COMMA", "PERIOD", "QUESTION", "UPPER", "CAP", "MIX_CASE" }.Select(k => (k, "1"))])), ("bpe.vocab", s_tokens)]),
        ];
        foreach (var (kind, files) in folders) { Assert.Equal(kind, Recognize(models.Folder($"each-{kind}", files)).Kind); }

        ToneModels.WriteStreaming(models["each-ctc"]);
        ToneModels.WriteSenseVoice(models["each-sense"]);
        Assert.Equal(StreamingZipformer2Ctc, Recognize(models["each-ctc"]).Kind);
        Assert.Equal(SenseVoice, Recognize(models["each-sense"]).Kind);
        Assert.Equal(["zh", "en", "ja", "ko", "yue"], Recognize(models["each-sense"]).Languages);
        Assert.Equal(["en"], Recognize(models[$"each-{Whisper}"]).Languages);
        Assert.Equal(["en"], Recognize(models[$"each-{Vits}"]).Languages);
    }

    [Fact]
    public void Recognize_TwoKindsInOneFolder_AsksForTheKind()
    {
        var folder = models.Folder("two",
            ("encoder.onnx", s_streamingEncoder), ("decoder.onnx", s_decoder), ("joiner.onnx", s_plain), ("en_US-lessac.onnx", s_vits), ("tokens.txt", s_tokens));

        var refused = Assert.Throws<ModelException>(() => Recognize(folder));
        Assert.Contains("StreamingTransducer or Vits", refused.Message);
        Assert.Equal(Vits, ModelFolder.Recognize(new SherpaOptions { Folder = folder, Kind = Vits }).Kind);
        Assert.Contains("is no Whisper", Assert.Throws<ModelException>(() => ModelFolder.Recognize(new SherpaOptions { Folder = folder, Kind = Whisper })).Message);
    }

    [Fact]
    public void Recognize_TwoEncoders_NamesThem()
    {
        var folder = models.Folder("encoders",
            ("encoder-30.onnx", s_streamingEncoder), ("encoder-99.onnx", s_streamingEncoder), ("decoder.onnx", s_decoder), ("joiner.onnx", s_plain), ("tokens.txt", s_tokens));

        var refused = Assert.Throws<ModelException>(() => Recognize(folder));
        Assert.Contains("encoder-30.onnx, encoder-99.onnx", refused.Message);
    }

    [Fact]
    public void Recognize_FilesMissingOrDamaged_SaysWhich()
    {
        Refused("lacks tokens.txt", ("en.onnx", s_vits));
        Refused("is no list of tokens", ("en.onnx", s_vits), ("tokens.txt", "<html>\n"u8.ToArray()));
        Refused("is cut off", ("en.onnx", s_vits[..^3]), ("tokens.txt", s_tokens));
        Refused("is empty", ("en.onnx", []), ("tokens.txt", s_tokens));
        Refused("is no ONNX model", ("en.onnx", "version https://git-lfs"u8.ToArray()), ("tokens.txt", s_tokens));
        Refused("lack language", ("en.onnx", OnnxGraph.WithMetadata(("sample_rate", "22050"), ("n_speakers", "1"), ("comment", "piper"))), ("tokens.txt", s_tokens));
        Refused("voices.bin has 7 bytes; the model needs 160", ("model.onnx", s_kokoro), ("voices.bin", new byte[7]), ("tokens.txt", s_tokens));
        Refused("is no model that is known", ("strange.onnx", s_plain), ("tokens.txt", s_tokens));
        Refused("lacks its vocoder",
            ("model-steps-3.onnx", OnnxGraph.WithMetadata(("model_type", "matcha-tts"), ("sample_rate", "22050"), ("n_speakers", "1"))), ("tokens.txt", s_tokens));
        Refused("holds no .onnx file", ("readme.txt", s_tokens));
        Refused("metadata lack decoder_num_blocks",
            ("encoder.onnx", OnnxGraph.WithMetadata(
                ("lfr_window_size", "7"), ("lfr_window_shift", "6"), ("vocab_size", "8"), ("neg_mean", "0"), ("inv_stddev", "1"), ("encoder_output_size", "512"), ("decoder_kernel_size", "11"))),
            ("decoder.onnx", s_plain), ("tokens.txt", s_tokens));
        Refused("metadata lack use_eos_bos, pad_id",
            ("model-steps-3.onnx", OnnxGraph.WithMetadata(("model_type", "matcha-tts"), ("sample_rate", "22050"), ("n_speakers", "1"))), ("vocos-22khz-univ.onnx", s_plain), ("tokens.txt", s_tokens));
    }

    [Fact]
    public void Recognize_NetworksInAnotherFormat_SaysThatTheyAreNotRun() => Refused(
        "Moonshine the first version", ("encoder_model.ort", s_plain), ("decoder_model_merged.ort", s_plain), ("tokens.txt", s_tokens));

    [Fact]
    public void Recognize_WhisperOfOtherLanguages_IsRefusedForTheOneThatIsAsked()
    {
        SpellingModels.WriteWhisper(models["languages"], languages: true);
        var options = new SherpaOptions { Folder = models["languages"] };
        options.Attributes.Languages.Add("xx-XX");

        Assert.Contains("does not know the language xx", Assert.Throws<ModelException>(() => ModelFolder.Recognize(options)).Message);
    }

    [Fact]
    public void Recognize_FolderAboveTheModel_PointsAtIt()
    {
        models.Folder("above/sherpa-onnx-streaming", ("encoder.onnx", s_streamingEncoder));

        Assert.Contains("sherpa-onnx-streaming does", Assert.Throws<ModelException>(() => Recognize(models["above"])).Message);
    }

    [Fact]
    public void Recognize_NoFolder_SaysSo() => Assert.Contains("There is no folder", Assert.Throws<ModelException>(() => Recognize(models["nowhere"])).Message);

    private static int s_refused;

    private void Refused(string why, params (string, byte[])[] files) =>
        Assert.Contains(why, Assert.Throws<ModelException>(() => Recognize(models.Folder($"refused-{s_refused++}", files))).Message);

    private static (string, byte[]) Tokens(string name = "tokens.txt") => (name, s_tokens);

    private static SherpaModel Recognize(string folder) => ModelFolder.Recognize(new SherpaOptions { Folder = folder });
}
