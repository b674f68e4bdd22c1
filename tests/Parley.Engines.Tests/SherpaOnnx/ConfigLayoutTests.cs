using System.Runtime.InteropServices;
using Parley.SherpaOnnx.Native;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>
/// A field in the wrong place crashes the process or feeds one file for another. So every field that Parley sets gets a value of its own, and the
/// library, told to print the configuration, must have understood each as what it is.
/// </summary>
[Collection("standard error")]
public sealed partial class ConfigLayoutTests
{
    [Fact]
    public void OnlineConfig_EveryField_ArrivesWhereItBelongs()
    {
        ModelFixture.RequireLibrary();
        using var strings = new NativeStrings();
        var said = Captured(() => SherpaLibrary.CreateOnlineRecognizer(new OnlineConfig
        {
            Features = new FeatureConfig { SampleRate = 16_000, FeatureDim = 80 }, Debug = 1, Threads = 3, MaxActivePaths = 7, HotwordsScore = 2.5f, BlankPenalty = 0.25f,
            TransducerEncoder = strings.Copy("te"), TransducerDecoder = strings.Copy("td"), TransducerJoiner = strings.Copy("tj"),
            ParaformerEncoder = strings.Copy("pe"), ParaformerDecoder = strings.Copy("pd"), Zipformer2Ctc = strings.Copy("z2"), Tokens = strings.Copy("tok"),
            Provider = strings.Copy("cpu"), ModelType = strings.Copy("mt"), ModelingUnit = strings.Copy("mu"), BpeVocab = strings.Copy("bv"),
            NemoCtc = strings.Copy("nc"), ToneCtc = strings.Copy("tc"), DecodingMethod = strings.Copy("dm"), HotwordsFile = strings.Copy("hf"),
            FstGraph = strings.Copy("fg"), FstMaxActive = 11, RuleFsts = strings.Copy("rf"), RuleFars = strings.Copy("ra"),
            ReplacerLexicon = strings.Copy("rl"), ReplacerRules = strings.Copy("rr"),
        }));

        AssertSays(said,
            """OnlineTransducerModelConfig(encoder="te", decoder="td", joiner="tj")""", """OnlineParaformerModelConfig(encoder="pe", decoder="pd")""",
            """OnlineZipformer2CtcModelConfig(model="z2")""", """nemo_ctc=OnlineNeMoCtcModelConfig(model="nc")""", """t_one_ctc=OnlineToneCtcModelConfig(model="tc")""",
            """provider="cpu",""", """tokens="tok", num_threads=3,""", """model_type="mt", modeling_unit="mu", bpe_vocab="bv")""",
            """OnlineCtcFstDecoderConfig(graph="fg", max_active=11)""", """enable_endpoint=False, max_active_paths=7, hotwords_score=2.5, hotwords_file="hf", decoding_method="dm", blank_penalty=0.25""",
            """rule_fsts="rf", rule_fars="ra",""", """HomophoneReplacerConfig(lexicon="rl", rule_fsts="rr")""");
    }

    [Fact]
    public void OfflineConfig_EveryField_ArrivesWhereItBelongs()
    {
        ModelFixture.RequireLibrary();
        using var strings = new NativeStrings();
        var said = Captured(() => SherpaLibrary.CreateOfflineRecognizer(new OfflineConfig
        {
            Features = new FeatureConfig { SampleRate = 16_000, FeatureDim = 80 }, Debug = 1, Threads = 3, MaxActivePaths = 7, HotwordsScore = 2.5f, BlankPenalty = 0.25f,
            TransducerEncoder = strings.Copy("te"), TransducerDecoder = strings.Copy("td"), TransducerJoiner = strings.Copy("tj"), Paraformer = strings.Copy("pm"),
            NemoCtc = strings.Copy("nc"), WhisperEncoder = strings.Copy("we"), WhisperDecoder = strings.Copy("wd"), WhisperLanguage = strings.Copy("wl"),
            WhisperTask = strings.Copy("wt"), WhisperTailPaddings = 13, Tdnn = strings.Copy("tn"), Tokens = strings.Copy("tok"), Provider = strings.Copy("cpu"),
            ModelType = strings.Copy("mt"), ModelingUnit = strings.Copy("mu"), BpeVocab = strings.Copy("bv"), TeleSpeechCtc = strings.Copy("ts"),
            SenseVoice = strings.Copy("sv"), SenseVoiceLanguage = strings.Copy("sl"), SenseVoiceItn = 1,
            MoonshinePreprocessor = strings.Copy("mp"), MoonshineEncoder = strings.Copy("me"), MoonshineUncachedDecoder = strings.Copy("md"), MoonshineCachedDecoder = strings.Copy("mc"),
            FireRedEncoder = strings.Copy("fe"), FireRedDecoder = strings.Copy("fd"), Dolphin = strings.Copy("do"), ZipformerCtc = strings.Copy("zc"),
            CanaryEncoder = strings.Copy("ce"), CanaryDecoder = strings.Copy("cd"), WenetCtc = strings.Copy("wc"), Omnilingual = strings.Copy("om"), MedAsr = strings.Copy("ma"),
            Nano = new OfflineConfig.FunAsrNano { EncoderAdaptor = strings.Copy("na"), Llm = strings.Copy("nl"), Language = strings.Copy("ng"), Hotwords = strings.Copy("nh") },
            FireRedCtc = strings.Copy("fc"), Qwen = new OfflineConfig.Qwen3 { ConvFrontend = strings.Copy("qc"), Tokenizer = strings.Copy("qt"), Hotwords = strings.Copy("qh"), Seed = 17 },
            CohereEncoder = strings.Copy("he"), CohereLanguage = strings.Copy("hl"), LanguageModel = strings.Copy("lm"), LanguageModelScale = 0.75f,
            DecodingMethod = strings.Copy("dm"), HotwordsFile = strings.Copy("hf"), RuleFsts = strings.Copy("rf"), RuleFars = strings.Copy("ra"),
            ReplacerLexicon = strings.Copy("rl"), ReplacerRules = strings.Copy("rr"),
        }));

        AssertSays(said,
            """OfflineTransducerModelConfig(encoder_filename="te", decoder_filename="td", joiner_filename="tj")""", """OfflineParaformerModelConfig(model="pm")""",
            """OfflineNemoEncDecCtcModelConfig(model="nc")""", """OfflineWhisperModelConfig(encoder="we", decoder="wd", language="wl", task="wt", tail_paddings=13,""",
            """OfflineTdnnModelConfig(model="tn")""", """telespeech_ctc="ts", tokens="tok", num_threads=3, debug=True, provider="cpu", model_type="mt", modeling_unit="mu", bpe_vocab="bv")""",
            """OfflineSenseVoiceModelConfig(model="sv", language="sl", use_itn=True)""",
            """OfflineMoonshineModelConfig(preprocessor="mp", encoder="me", uncached_decoder="md", cached_decoder="mc",""", """OfflineFireRedAsrModelConfig(encoder="fe", decoder="fd")""",
            """OfflineDolphinModelConfig(model="do")""", """OfflineZipformerCtcModelConfig(model="zc")""", """OfflineCanaryModelConfig(encoder="ce", decoder="cd",""",
            """OfflineWenetCtcModelConfig(model="wc")""", """OfflineOmnilingualAsrCtcModelConfig(model="om")""", """OfflineMedAsrCtcModelConfig(model="ma")""",
            """encoder_adaptor="na", llm="nl",""", """language="ng",""", """hotwords="nh")""", """OfflineFireRedAsrCtcModelConfig(model="fc")""",
            """conv_frontend="qc",""", """tokenizer="qt", hotwords="qh",""", """seed=17)""", """OfflineCohereTranscribeModelConfig(encoder="he", decoder="", language="hl",""",
            """OfflineLMConfig(model="lm", scale=0.75,""",
            """decoding_method="dm", max_active_paths=7, hotwords_file="hf", hotwords_score=2.5, blank_penalty=0.25, rule_fsts="rf", rule_fars="ra",""",
            """HomophoneReplacerConfig(lexicon="rl", rule_fsts="rr")""");
    }

    [Fact]
    public void TtsConfig_EveryField_ArrivesWhereItBelongs()
    {
        ModelFixture.RequireLibrary();
        using var strings = new NativeStrings();
        var said = Captured(() => SherpaLibrary.CreateTts(new TtsConfig
        {
            VitsModel = strings.Copy("vm"), VitsLexicon = strings.Copy("vl"), VitsTokens = strings.Copy("vt"), VitsData = strings.Copy("vd"), VitsNoise = 0.25f, VitsNoiseW = 0.5f, VitsLength = 0.75f,
            Threads = 3, Debug = 1, Provider = strings.Copy("cpu"),
            MatchaModel = strings.Copy("mm"), MatchaVocoder = strings.Copy("mv"), MatchaLexicon = strings.Copy("ml"), MatchaTokens = strings.Copy("mt"), MatchaData = strings.Copy("md"), MatchaNoise = 0.125f, MatchaLength = 1.5f,
            KokoroModel = strings.Copy("km"), KokoroVoices = strings.Copy("kv"), KokoroTokens = strings.Copy("kt"), KokoroData = strings.Copy("kd"), KokoroLength = 1.25f, KokoroLexicon = strings.Copy("kl"), KokoroLanguage = strings.Copy("kg"),
            KittenModel = strings.Copy("im"), KittenVoices = strings.Copy("iv"), KittenTokens = strings.Copy("it"), KittenData = strings.Copy("id"),
            Zip = new TtsConfig.ZipVoice { Tokens = strings.Copy("zt"), Encoder = strings.Copy("ze"), Vocoder = strings.Copy("zv") },
            PocketModel = new TtsConfig.Pocket { Flow = strings.Copy("pf"), Main = strings.Copy("pm"), Scores = strings.Copy("ps") },
            SuperDuration = strings.Copy("sd"), SuperStyle = strings.Copy("ss"),
            RuleFsts = strings.Copy("rf"), RuleFars = strings.Copy("ra"), MaxSentences = 5, SilenceScale = 0.375f,
        }));

        AssertSays(said,
            """OfflineTtsVitsModelConfig(model="vm", lexicon="vl", tokens="vt", data_dir="vd", noise_scale=0.25, noise_scale_w=0.5, length_scale=0.75)""",
            """OfflineTtsMatchaModelConfig(acoustic_model="mm", vocoder="mv", lexicon="ml", tokens="mt", data_dir="md", noise_scale=0.125, length_scale=1.5)""",
            """model="km", voices="kv", tokens="kt", lexicon="kl", data_dir="kd",""", """length_scale=1.25, lang="kg")""",
            """model="im", voices="iv", tokens="it", data_dir="id",""", """tokens="zt", encoder="ze",""", """vocoder="zv",""", """lm_flow="pf", lm_main="pm",""", """token_scores_json="ps",""",
            """duration_predictor="sd",""", """voice_style="ss")""", """num_threads=3, debug=True, provider="cpu")""",
            """rule_fsts="rf", rule_fars="ra", max_num_sentences=5, silence_scale=0.375)""");
    }

    private static void AssertSays(string said, params string[] expected) =>
        Assert.All(expected, e => Assert.True(said.Contains(e, StringComparison.Ordinal), $"{e}\nis not in\n{said}"));

    // The files do not exist, so the library prints the configuration, refuses it and gives no handle.
    private static string Captured(Func<SafeHandle> create)
    {
        var path = Path.GetTempFileName();
        try
        {
            using var file = File.Open(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
            var kept = Duplicate(2);
            _ = Duplicate((int)file.SafeFileHandle.DangerousGetHandle(), 2);
            try
            {
                using var handle = create();
                Assert.True(handle.IsInvalid);
            }
            finally
            {
                _ = Duplicate(kept, 2);
                _ = Close(kept);
            }
            using var reader = new StreamReader(File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
        finally
        {
            File.Delete(path);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc.so.6", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc.so.6", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
