using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Opus.Native;

namespace Parley.Opus.Codecs;

/// <summary>Opus by libopus.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class OpusCodec : IOpusCodec
{
    internal const string Name = "opus";

    internal const string Remedy = "apt-get install libopus0";

    private static readonly int[] s_rates = [8_000, 12_000, 16_000, 24_000, 48_000];
    private static readonly int[] s_framesMs = [5, 10, 20, 40, 60, 80, 100, 120];

    public EngineStatus Probe() => OpusLibrary.IsAvailable
        ? new EngineStatus(VoiceStage.Codec, Name, true, OpusLibrary.Version, "libopus, for devices that speak Opus")
        : new EngineStatus(VoiceStage.Codec, Name, false, "", "libopus was not found: devices that speak Opus are refused", Remedy);

    public IOpusEncoder OpenEncoder(int sampleRate, TimeSpan frame)
    {
        RequireRate(sampleRate);
        var ms = (int)frame.TotalMilliseconds;
        if (!s_framesMs.Contains(ms)) { throw new ArgumentOutOfRangeException(nameof(frame), frame, $"A packet holds {string.Join(", ", s_framesMs)} ms."); }
        RequireLibrary();
        var handle = OpusLibrary.opus_encoder_create(sampleRate, 1, OpusLibrary.Voip, out var error);
        return error == 0 ? new OpusEncoder(handle, sampleRate, sampleRate / 1_000 * ms) : throw Refused(error);
    }

    public IOpusDecoder OpenDecoder(int sampleRate)
    {
        RequireRate(sampleRate);
        RequireLibrary();
        var handle = OpusLibrary.opus_decoder_create(sampleRate, 1, out var error);
        return error == 0 ? new OpusDecoder(handle, sampleRate) : throw Refused(error);
    }

    private static void RequireRate(int sampleRate)
    {
        if (!s_rates.Contains(sampleRate)) { throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, $"Opus has {string.Join(", ", s_rates)} Hz."); }
    }

    private static void RequireLibrary()
    {
        if (!OpusLibrary.IsAvailable) { throw new VoiceException(VoiceStage.Codec, $"Opus needs libopus: {Remedy}.") { Class = FailureClass.Resource }; }
    }

    private static VoiceException Refused(int error) => new(VoiceStage.Codec, $"libopus: {OpusLibrary.Describe(error)}.") { Class = FailureClass.Resource };
}
