using Parley.Audio;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Sessions;

/// <summary>Checks a client's audio and brings it to 16 kHz.</summary>
/// <param name="options">The session's bounds.</param>
/// <param name="time">The clock.</param>
/// <param name="mayRunAhead">Whether audio may come faster than real time, as from a file.</param>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class AudioIntake(SessionOptions options, TimeProvider time, bool mayRunAhead = false)
{
    private short[] _input = [], _output = [];
    private Resampler? _resampler;
    private bool _isRecording;
    private TimeSpan _ahead;
    private long _last;
    private bool _tooFast;

    /// <summary>The bytes of audio that came as JSON.</summary>
    /// <returns>Why they are none; null if all is well.</returns>
    public static InvalidInput? Decode(AudioChunk chunk, out ReadOnlyMemory<byte> pcm)
    {
        pcm = default;
        if (chunk.Format is { } format && !format.Equals("pcm16", StringComparison.OrdinalIgnoreCase))
        {
            return new InvalidInput(ErrorCodes.BadAudio, "format must be pcm16.");
        }
        var bytes = new byte[chunk.AudioBase64!.Length * 3 / 4 + 3];
        if (!Convert.TryFromBase64String(chunk.AudioBase64, bytes, out var length))
        {
            return new InvalidInput(ErrorCodes.BadAudio, "audio_base64 is not base64.");
        }
        pcm = bytes.AsMemory(0, length);
        return null;
    }

    /// <summary>Takes PCM16 bytes.</summary>
    /// <param name="pcm">The bytes.</param>
    /// <param name="sampleRate">Their rate.</param>
    /// <param name="samples">The audio at 16 kHz, valid until the next call; empty if it was refused.</param>
    /// <param name="isRecording">Whether it is a recording, which may come at any pace, and not the microphone's.</param>
    /// <returns>Why it was refused; null if it was taken, or if it was refused for a reason that was given before.</returns>
    public InvalidInput? Take(ReadOnlyMemory<byte> pcm, int sampleRate, out ReadOnlyMemory<short> samples, bool isRecording = false)
    {
        samples = default;
        if (sampleRate is < AudioMath.MinRate or > AudioMath.MaxRate)
        {
            return new InvalidInput(ErrorCodes.BadAudio, $"sample_rate must be {AudioMath.MinRate} to {AudioMath.MaxRate}.");
        }
        if (pcm.Length % 2 != 0) { return new InvalidInput(ErrorCodes.BadAudio, "PCM16 audio has an even number of bytes."); }
        if (!mayRunAhead && !isRecording && RunsAhead(AudioMath.DurationOf(pcm.Length / 2, sampleRate)))
        {
            if (_tooFast) { return null; }
            _tooFast = true;
            return new InvalidInput(
                ErrorCodes.TooFast, $"Audio runs more than {options.MaxAudioAhead.TotalSeconds:0.#} s ahead of real time; what is beyond is dropped.");
        }

        // What the resampler looks back on is other audio.
        if (_isRecording != isRecording) { (_isRecording, _resampler) = (isRecording, null); }
        // Said anew only after the lead has shrunk: at the limit every other frame may be too much, and each word of it counts as an error.
        if (_ahead < options.MaxAudioAhead / 2) { _tooFast = false; }
        var input = Room(ref _input, pcm.Length / sizeof(short));
        Pcm16.Read(pcm.Span, input.Span);
        samples = sampleRate == AudioMath.SpeechRate ? input : Resample(input.Span, sampleRate);
        return null;
    }

    private bool RunsAhead(TimeSpan duration)
    {
        var now = time.GetTimestamp();
        var ahead = _ahead - (_ahead > TimeSpan.Zero ? time.GetElapsedTime(_last, now) : TimeSpan.Zero);
        _last = now;
        _ahead = ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero;
        if (_ahead + duration > options.MaxAudioAhead) { return true; }
        _ahead += duration;
        return false;
    }

    /// <summary>
    /// Gives it as much silence as it looks ahead. From then on each frame comes out whole, some milliseconds late; else the end of each would wait for the
    /// next frame, and with it the window that it completes.
    /// </summary>
    private static Resampler Prime(Resampler resampler)
    {
        var silence = new short[AudioMath.SamplesIn(resampler.Latency, resampler.FromRate) + 1];
        resampler.Process(silence, new short[resampler.MaxOutput(silence.Length)]);
        return resampler;
    }

    private Memory<short> Resample(ReadOnlySpan<short> input, int sampleRate)
    {
        if (_resampler?.FromRate != sampleRate) { _resampler = Prime(new Resampler(sampleRate, AudioMath.SpeechRate)); }
        var output = Room(ref _output, _resampler.MaxOutput(input.Length));
        return output[.._resampler.Process(input, output.Span)];
    }

    private static Memory<short> Room(ref short[] memory, int samples)
    {
        if (memory.Length < samples) { memory = new short[samples]; }
        return memory.AsMemory(0, samples);
    }
}
