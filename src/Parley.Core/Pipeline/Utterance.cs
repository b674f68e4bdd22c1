using System.Threading.Channels;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Quality;
using Parley.Sessions;

namespace Parley.Pipeline;

/// <summary>Feeds one utterance to the recogniser, beside the session's loop, and posts what comes of it.</summary>
/// <remarks>The session's loop writes; one task of its own talks to the engine. Disposing it gives the decoder back.</remarks>
internal sealed class Utterance : IAsyncDisposable
{
    private readonly Channel<Input> _input;
    private readonly List<AudioFrame> _audio = [];
    private readonly AudioQualityMeter _sound = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<FinalTranscript?> _final = new();
    private readonly Task _run;

    public Utterance(Turn turn, RecognitionRequest request, PipelineContext context)
    {
        Turn = turn;
        // Bounded by the longest utterance, which the loop ends: at 20 ms a frame the default minute is 3 000 frames.
        _input = Channel.CreateBounded<Input>(new BoundedChannelOptions(32_768) { SingleReader = true, SingleWriter = true });
        _run = RunAsync(context.Engines.Asr, request, context);
    }

    public Turn Turn { get; }

    /// <summary>What was understood last.</summary>
    public PartialTranscript Partial { get; set; } = new("", 0);

    /// <summary>The words that the coach was told to expect; null where it was told nothing.</summary>
    public string? Expected { get; set; }

    /// <summary>The reply that is being drafted while the turn may still go on.</summary>
    public Draft? Draft { get; set; }

    /// <summary>Whether the speaker is silent for the moment, as the recogniser was told.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Whether the final was asked for.</summary>
    public bool IsFinishing { get; private set; }

    /// <summary>Whether, the final transcript being there, a better one may follow.</summary>
    public bool Refines { get; private set; }

    /// <summary>The final transcript; null if the recogniser failed or the utterance was dropped.</summary>
    public Task<FinalTranscript?> Final => _final.Task;

    public IReadOnlyList<AudioFrame> Audio => _audio;

    /// <summary>How the microphone sounds; null: not enough was said.</summary>
    public AudioQuality? Sound => _sound.Quality;

    /// <summary>From the first to the last sample, pre-roll included.</summary>
    public TimeSpan Duration => _audio.Count == 0 ? TimeSpan.Zero : _audio[^1].End - _audio[0].Offset;

    public void Write(AudioFrame frame)
    {
        _audio.Add(frame);
        _sound.Hear(frame.Samples.Span);
        _input.Writer.TryWrite(new Input(InputKind.Audio, frame));
    }

    public void Pause()
    {
        IsPaused = true;
        _input.Writer.TryWrite(new Input(InputKind.Paused));
    }

    public void Resume()
    {
        IsPaused = false;
        _input.Writer.TryWrite(new Input(InputKind.Resumed));
    }

    public void Finish()
    {
        IsFinishing = true;
        _input.Writer.TryWrite(new Input(InputKind.Finish));
        _input.Writer.TryComplete();
    }

    /// <summary>Stops all work on it; nothing is posted any more once this returns.</summary>
    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        await _run;
        _final.TrySetResult(null);
        _stop.Dispose();
    }

    private async Task RunAsync(ISpeechRecognizer recognizer, RecognitionRequest request, PipelineContext context)
    {
        var (post, timeout, time) = (context.Post, context.Options.AsrTimeout, context.Time);
        using var span = ParleyTraces.Stage(VoiceStage.Asr, Turn.Trace);
        try
        {
            var stream = await context.Aside.CallAsync(() => recognizer.OpenAsync(request, _stop.Token)).WaitAsync(timeout, time, _stop.Token);
            await using (stream)
            {
                var partials = PostPartialsAsync(stream, post);
                var final = await RecognizeAsync(stream, context);
                Turn.Clock.Mark(Turns.TurnMoment.Final);
                await partials;
                _final.TrySetResult(final);
                Refines = stream.Refines;
                await post(new UtteranceEnded(this, final, null));
                if (Refines) { await post(new UtteranceRefined(this, await stream.RefineAsync(_stop.Token))); }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Dropped by the loop: a cough, a hang-up.
        }
#pragma warning disable CA1031 // Whatever an engine throws ends this utterance and is told to the loop, which decides.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _final.TrySetResult(null);
            await post(new UtteranceEnded(this, null, e is TimeoutException
                ? new VoiceException(VoiceStage.Asr, $"No final transcript within {timeout.TotalSeconds:0.#} s.", isTransient: true, e) : e));
        }
    }

    private async Task<FinalTranscript> RecognizeAsync(IRecognitionStream stream, PipelineContext context)
    {
        await foreach (var input in _input.Reader.ReadEachAsync(_stop.Token))
        {
            switch (input.Kind)
            {
                case InputKind.Audio: stream.Write(input.Frame); break;
                case InputKind.Paused: stream.SpeechPaused(); break;
                case InputKind.Resumed: stream.SpeechResumed(); break;
                case InputKind.Finish:
                    return await context.Aside.CallAsync(async () => await stream.FinishAsync(_stop.Token)).WaitAsync(context.Options.AsrTimeout, context.Time, _stop.Token);
            }
        }
        throw new OperationCanceledException("The utterance was dropped.", _stop.Token);
    }

    private async Task PostPartialsAsync(IRecognitionStream stream, Func<PipelineEvent, ValueTask> post)
    {
        await foreach (var partial in stream.ReadPartialsAsync(_stop.Token))
        {
            if (partial.Settled is null) { Turn.Clock.Mark(Turns.TurnMoment.FirstPartial); }
            await post(new PartialHeard(this, partial));
        }
    }

    private enum InputKind
    {
        Audio,
        Paused,
        Resumed,
        Finish,
    }

    private readonly record struct Input(InputKind Kind, AudioFrame Frame = default);
}
