using System.Runtime.InteropServices;

namespace Parley.SherpaOnnx.Native;

/// <summary><c>SherpaOnnxOnlinePunctuationConfig</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OnlinePunctuationConfig
{
    public nint CnnBiLstm, BpeVocab;
    public int Threads, Debug;
    public nint Provider;
}
