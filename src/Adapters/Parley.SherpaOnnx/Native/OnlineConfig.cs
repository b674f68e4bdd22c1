using System.Runtime.InteropServices;

namespace Parley.SherpaOnnx.Native;

/// <summary><c>SherpaOnnxOnlineRecognizerConfig</c> of version 1.13.8, its inner structures laid out in line. Pointers are UTF-8 strings or null.</summary>
/// <remarks>A test sets every field that is used here and reads back what the library has understood.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct OnlineConfig
{
    public FeatureConfig Features;
    public nint TransducerEncoder, TransducerDecoder, TransducerJoiner;
    public nint ParaformerEncoder, ParaformerDecoder;
    public nint Zipformer2Ctc;
    public nint Tokens;
    public int Threads;
    public nint Provider;
    public int Debug;
    public nint ModelType, ModelingUnit, BpeVocab;
    public nint TokensBuffer;
    public int TokensBufferSize;
    public nint NemoCtc, ToneCtc;
    public nint DecodingMethod;
    public int MaxActivePaths;
    public int EnableEndpoint;
    public float Rule1, Rule2, Rule3;
    public nint HotwordsFile;
    public float HotwordsScore;
    public nint FstGraph;
    public int FstMaxActive;
    public nint RuleFsts, RuleFars;
    public float BlankPenalty;
    public nint HotwordsBuffer;
    public int HotwordsBufferSize;
    public nint ReplacerFolder, ReplacerLexicon, ReplacerRules;
}
