using System.Runtime.InteropServices;

namespace Parley.SherpaOnnx.Native;

/// <summary>What recognisers are fed: the library computes 80 filter banks from 16 kHz audio, whatever the model (<c>SherpaOnnxFeatureConfig</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FeatureConfig
{
    public int SampleRate;
    public int FeatureDim;

    public static FeatureConfig Speech => new() { SampleRate = Audio.AudioMath.SpeechRate, FeatureDim = 80 };
}
