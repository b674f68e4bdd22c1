using System.Runtime.InteropServices;

namespace Parley.SherpaOnnx.Native;

/// <summary><c>SherpaOnnxOfflineRecognizerConfig</c> of version 1.13.8, its inner structures laid out in line. Pointers are UTF-8 strings or null.</summary>
/// <remarks>Families that Parley does not use are named too, because what follows them has its place by their size.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct OfflineConfig
{
    public FeatureConfig Features;
    public nint TransducerEncoder, TransducerDecoder, TransducerJoiner;
    public nint Paraformer;
    public nint NemoCtc;
    public nint WhisperEncoder, WhisperDecoder, WhisperLanguage, WhisperTask;
    public int WhisperTailPaddings, WhisperTokenTimestamps, WhisperSegmentTimestamps;
    public nint Tdnn;
    public nint Tokens;
    public int Threads;
    public int Debug;
    public nint Provider, ModelType, ModelingUnit, BpeVocab;
    public nint TeleSpeechCtc;
    public nint SenseVoice, SenseVoiceLanguage;
    public int SenseVoiceItn;
    public nint MoonshinePreprocessor, MoonshineEncoder, MoonshineUncachedDecoder, MoonshineCachedDecoder, MoonshineMergedDecoder;
    public nint FireRedEncoder, FireRedDecoder;
    public nint Dolphin;
    public nint ZipformerCtc;
    public nint CanaryEncoder, CanaryDecoder, CanarySource, CanaryTarget;
    public int CanaryPunctuation;
    public nint WenetCtc;
    public nint Omnilingual;
    public nint MedAsr;
    public FunAsrNano Nano;
    public nint FireRedCtc;
    public Qwen3 Qwen;
    public nint CohereEncoder, CohereDecoder, CohereLanguage;
    public int CoherePunctuation, CohereItn;
    public nint LanguageModel;
    public float LanguageModelScale;
    public nint DecodingMethod;
    public int MaxActivePaths;
    public nint HotwordsFile;
    public float HotwordsScore;
    public nint RuleFsts, RuleFars;
    public float BlankPenalty;
    public nint ReplacerFolder, ReplacerLexicon, ReplacerRules;

    [StructLayout(LayoutKind.Sequential)]
    internal struct FunAsrNano
    {
        public nint EncoderAdaptor, Llm, Embedding, Tokenizer, SystemPrompt, UserPrompt;
        public int MaxNewTokens;
        public float Temperature, TopP;
        public int Seed;
        public nint Language;
        public int Itn;
        public nint Hotwords;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Qwen3
    {
        public nint ConvFrontend, Encoder, Decoder, Tokenizer;
        public int MaxTotalLength, MaxNewTokens;
        public float Temperature, TopP;
        public int Seed;
        public nint Hotwords;
    }
}
