using System.Runtime.CompilerServices;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Time;
using Parley.Transports.Protocol;
using Parley.Vad;

namespace Parley.Pipeline;

/// <summary>
/// The first stage: cuts the microphone's audio into the detector's windows, tells speech from silence in each, and remembers the last half
/// second for the recogniser.
/// </summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class Hearing : IDisposable
{
    /// <summary>A window lasts 32 ms: a detector that needs longer than this has failed.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    private readonly PipelineContext _context;
    private readonly SpeechSegmenter _segmenter;
    private readonly RecentWindows _windows;
    private readonly DetectorWait _wait;
    private readonly Action<AudioFrame, SegmenterUpdate, WindowTimes> _onWindow;
    private IVoiceActivityStream _vad;

    /// <param name="context">The session's context.</param>
    /// <param name="onWindow">Told of each window: its audio, valid during the call, what is known of the speech, and when it was spoken and came.</param>
    public Hearing(PipelineContext context, Action<AudioFrame, SegmenterUpdate, WindowTimes> onWindow)
    {
        (_context, _onWindow) = (context, onWindow);
        _vad = context.Engines.Vad.OpenStream();
        _segmenter = new SpeechSegmenter(context.VadOptions, context.Engines.Vad.WindowSamples);
        _windows = new RecentWindows(context.Engines.Vad.WindowSamples, AudioMath.SpeechRate, context.Options.PreRoll);
        _wait = new DetectorWait(context.Time);
    }

    /// <summary>Whether the assistant has the floor.</summary>
    public bool IsInReply { set => _segmenter.IsInReply = value; }

    /// <summary>The probability from which on a sound is speech; 0: as the server is configured.</summary>
    public double Threshold { set => _segmenter.Threshold = (float)value; }

    /// <summary>Takes 16 kHz audio that arrived at <paramref name="arrived"/>.</summary>
    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder))] // One a frame.
    public async ValueTask HearAsync(ReadOnlyMemory<short> samples, long arrived)
    {
        while (_windows.TryTake(ref samples, out var window))
        {
            var probability = await DetectAsync(window.Samples);
            // A client's packet may end behind the window: the window was spoken that much before the packet came.
            var spoken = arrived - _context.ToTimestamp(AudioMath.DurationOf(samples.Length, AudioMath.SpeechRate));
            _onWindow(window, _segmenter.Push(probability), new WindowTimes(spoken, arrived));
            _windows.Remember();
        }
    }

    /// <summary>What was heard before the present window, from <paramref name="after"/> on at the earliest.</summary>
    public IReadOnlyList<AudioFrame> PreRoll(TimeSpan after = default) => _windows.Recall(after);

    /// <summary>The present window, for whoever keeps it.</summary>
    public AudioFrame Keep() => _windows.Keep();

    /// <summary>What was heard so far belongs to nobody's next utterance.</summary>
    public void Forget() => _windows.Forget();

    /// <summary>Nothing was heard so far: speech that goes on begins now.</summary>
    public void BeginAnew()
    {
        _segmenter.BeginAnew();
        Forget();
    }

    public void Dispose()
    {
        _vad.Dispose();
        _wait.Dispose();
    }

    /// <summary>A detector that fails or hangs is replaced by the one that needs nothing.</summary>
    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))] // One a window.
    private async ValueTask<float> DetectAsync(ReadOnlyMemory<short> window)
    {
        try
        {
            var answer = _vad.DetectAsync(window);
            return answer.IsCompletedSuccessfully ? answer.Result : await _wait.WaitAsync(answer, s_timeout);
        }
        catch (Exception e) when (e is VoiceException or TimeoutException && _vad is not EnergyVoiceActivityStream)
        {
            _vad.Dispose();
            _vad = new EnergyVoiceActivityDetector().OpenStream();
            _context.Metrics.DegradedTo(VoiceStage.Vad);
            _context.Outbox.Post(new Degraded("vad", _context.Engines.Vad.Name, EnergyVoiceActivityDetector.EngineName, e.Message));
            return 0;
        }
    }
}
