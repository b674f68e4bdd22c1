using System.Runtime.InteropServices;

namespace Parley.SherpaOnnx.Native;

/// <summary><c>SherpaOnnxOfflineTtsConfig</c> of version 1.13.8, its inner structures laid out in line. Pointers are UTF-8 strings or null.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TtsConfig
{
    public nint VitsModel, VitsLexicon, VitsTokens, VitsData;
    public float VitsNoise, VitsNoiseW, VitsLength;
    public nint VitsDictionary;
    public int Threads;
    public int Debug;
    public nint Provider;
    public nint MatchaModel, MatchaVocoder, MatchaLexicon, MatchaTokens, MatchaData;
    public float MatchaNoise, MatchaLength;
    public nint MatchaDictionary;
    public nint KokoroModel, KokoroVoices, KokoroTokens, KokoroData;
    public float KokoroLength;
    public nint KokoroDictionary, KokoroLexicon, KokoroLanguage;
    public nint KittenModel, KittenVoices, KittenTokens, KittenData;
    public float KittenLength;
    public ZipVoice Zip;
    public Pocket PocketModel;
    public nint SuperDuration, SuperText, SuperVector, SuperVocoder, SuperJson, SuperIndexer, SuperStyle;
    public nint RuleFsts;
    public int MaxSentences;
    public nint RuleFars;
    public float SilenceScale;

    [StructLayout(LayoutKind.Sequential)]
    internal struct ZipVoice
    {
        public nint Tokens, Encoder, Decoder, Vocoder, Data, Lexicon;
        public float FeatureScale, TimeShift, TargetRms, Guidance;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Pocket
    {
        public nint Flow, Main, Encoder, Decoder, Conditioner, Vocabulary, Scores;
        public int CacheCapacity;
    }
}
