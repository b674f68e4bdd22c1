using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Tts;
using static Parley.Flite.Tts.FliteNative;

namespace Parley.Flite.Tts;

/// <summary>One piece of text on its way through flite: takes the audio block by block from the C callback and passes it on as chunks.</summary>
/// <remarks>Made, run and disposed by one thread while it holds the engine.</remarks>
/// <param name="text">What is spoken.</param>
/// <param name="origin">Samples of the request before this piece.</param>
/// <param name="leadingPause">The longest silence kept before the first word; null keeps all.</param>
/// <param name="output">Where the chunks go; unbounded because a piece is bounded.</param>
/// <param name="stop">Ends synthesis at the next block.</param>
internal sealed unsafe class FliteSpeech(
    FliteText text, long origin, TimeSpan? leadingPause, ChannelWriter<SpeechChunk> output, CancellationToken stop) : IDisposable
{
    private const int BlocksPerSecond = 10;
    private const int Continue = 0, Stop = -1;

    private readonly FliteUtterance _utterance = new();
    private readonly CancellationToken _stop = stop;
    private SpeechTimings? _timings;
    private Exception? _failure;
    private int _trim;
    private int _sent;

    /// <summary>Speaks on the calling thread, which holds the engine.</summary>
    public void Run(string voice, double speed)
    {
        var self = GCHandle.Alloc(this);
        try
        {
            var streaming = new_audio_streaming_info();
            streaming->MinBufferSize = AudioMath.SpeechRate / BlocksPerSecond;
            streaming->Callback = &OnAudio;
            streaming->UserData = GCHandle.ToIntPtr(self);
            _utterance.Prepare(text.Ascii, FliteVoice.Register(voice), speed, streaming);
            // The voices' noise comes from the C library's rand: seeded, the same request always gives the same samples.
            srand(1);
            var done = _utterance.Synthesize();
            _stop.ThrowIfCancellationRequested();
            if (_failure is not null) { throw new VoiceException(VoiceStage.Tts, "Flite's audio could not be read.", inner: _failure); }
            if (!done || _utterance.Wave is null) { throw new VoiceException(VoiceStage.Tts, "Flite could not speak the text."); }
            Finish(_utterance.Wave);
        }
        finally
        {
            self.Free();
        }
    }

    public void Dispose() => _utterance.Dispose();

    // An exception must not cross into C: it stops synthesis and is thrown again by Run.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnAudio(Wave* wave, int start, int size, int last, StreamingInfo* info)
    {
        var speech = (FliteSpeech)GCHandle.FromIntPtr(info->UserData).Target!;
        if (speech._stop.IsCancellationRequested) { return Stop; }
        try
        {
            if (last == 0) { speech.Advance(wave, start + size); }
            return Continue;
        }
#pragma warning disable CA1031 // Whatever it is, C cannot take it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            speech._failure = failure;
            return Stop;
        }
    }

    // How long the audio is, and so where its last phone ends, is certain only at the end; until then that phone is held back.
    private void Advance(Wave* wave, int end)
    {
        if (_timings is null)
        {
            Begin(wave);
            _timings = _utterance.ReadTimings(text, wave->SampleRate, _trim, int.MaxValue);
        }
        if (_timings.Phones.Count > 0 && end - _trim <= _timings.Phones[^1].StartSample) { Send(wave, end); }
    }

    private void Finish(Wave* wave)
    {
        if (_timings is null) { Begin(wave); }
        _timings = _utterance.ReadTimings(text, wave->SampleRate, _trim, wave->Samples - _trim);
        Send(wave, wave->Samples);
    }

    private void Begin(Wave* wave)
    {
        if (leadingPause is not { } keep) { return; }
        _trim = (int)Math.Max(0, _utterance.LeadingSilence(wave->SampleRate) - AudioMath.SamplesIn(keep, wave->SampleRate));
        _sent = _trim;
    }

    private void Send(Wave* wave, int end)
    {
        if (end <= _sent) { return; }
        var samples = new ReadOnlySpan<short>(wave->Data + _sent, end - _sent).ToArray();
        output.TryWrite(_timings!.Cut(samples, wave->SampleRate, _sent - _trim, origin));
        _sent = end;
    }
}
