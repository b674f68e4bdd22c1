using System.Runtime.InteropServices;

namespace Parley.SherpaOnnx.Native;

/// <summary>How one text is spoken (<c>SherpaOnnxGenerationConfig</c> of version 1.13.8).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GenerationConfig
{
    public float SilenceScale, Speed;
    public int Speaker;
    public nint ReferenceAudio;
    public int ReferenceLength, ReferenceRate;
    public nint ReferenceText;
    public int Steps;
    public nint Extra;
}
