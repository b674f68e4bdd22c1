using System.Runtime.InteropServices;

namespace Parley.SherpaOnnx.Native;

/// <summary>The begin of <c>SherpaOnnxOnlineRecognizerResult</c>; the library owns it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OnlineResult
{
    public nint Text, Tokens;
    public nint* TokenTexts;
    public float* Timestamps;
    public int Count;
}
