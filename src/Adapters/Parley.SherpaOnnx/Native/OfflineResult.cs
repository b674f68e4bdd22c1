using System.Runtime.InteropServices;

namespace Parley.SherpaOnnx.Native;

/// <summary>The begin of <c>SherpaOnnxOfflineRecognizerResult</c>; the library owns it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OfflineResult
{
    public nint Text;
    public float* Timestamps;
    public int Count;
    public nint Tokens;
    public nint* TokenTexts;
    public nint Json, Language, Emotion, Event;
    public float* Durations;
    public float* LogProbabilities;
}
