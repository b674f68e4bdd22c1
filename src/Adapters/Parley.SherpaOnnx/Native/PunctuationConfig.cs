using System.Runtime.InteropServices;

namespace Parley.SherpaOnnx.Native;

/// <summary><c>SherpaOnnxOfflinePunctuationConfig</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PunctuationConfig
{
    public nint CtTransformer;
    public int Threads, Debug;
    public nint Provider;
}
