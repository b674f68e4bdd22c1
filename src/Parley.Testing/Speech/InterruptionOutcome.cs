using Parley.Asr;
using Parley.Audio;
using Parley.Turns.Interruptions;
using Parley.Vad;

namespace Parley.Testing.Speech;

/// <summary>What becomes of a sound that comes while the assistant speaks.</summary>
/// <param name="Kind">What it was taken for; null if the speech detector did not notice it, so that nothing happened.</param>
/// <param name="Reason">Why.</param>
/// <param name="Partial">What the recogniser had understood when it was decided.</param>
/// <param name="Held">How long the assistant was held.</param>
/// <param name="Sound">What it sounded like then.</param>
public sealed record InterruptionOutcome(InterruptionKind? Kind, string Reason, string Partial, TimeSpan Held, SoundShape Sound)
{
    private const int PreRoll = 8_000, Before = 8_000, After = 12_000;
    private const double RoomDb = -66;

    private static readonly InterruptionRules s_rules = new(TimeSpan.FromMilliseconds(500), 2);

    /// <summary>Whether the assistant had to stop.</summary>
    public bool Stopped => Kind == InterruptionKind.Interruption;

    /// <summary>Plays a trial to a detector and a recogniser, and judges it as a session does.</summary>
    /// <param name="vad">Windows of 512 samples.</param>
    /// <param name="recognizer">Who understands the words; null: nobody.</param>
    /// <param name="trial">The sound.</param>
    /// <param name="pace">Real time between two windows: what the recogniser has to decode one in.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<InterruptionOutcome> PlayAsync(
        IVoiceActivityDetector vad, ISpeechRecognizer? recognizer, InterruptionTrial trial, TimeSpan pace, CancellationToken cancellationToken = default)
    {
        var audio = Noise.Pink(Before + trial.Samples.Length + After, RoomDb, seed: trial.Label.Length);
        for (var i = 0; i < trial.Samples.Length; i++) { audio[Before + i] = (short)Math.Clamp(audio[Before + i] + trial.Samples[i], short.MinValue, short.MaxValue); }
        using var detector = vad.OpenStream();
        var (segmenter, judge) = (new SpeechSegmenter(new VadOptions(), vad.WindowSamples) { IsInReply = true }, new InterruptionJudge());
        await using var listening = new Listening(recognizer);
        var judging = false;
        for (var at = 0; at + vad.WindowSamples <= audio.Length; at += vad.WindowSamples)
        {
            var window = audio.AsMemory(at, vad.WindowSamples);
            var speech = segmenter.Push(await detector.DetectAsync(window, cancellationToken));
            if (speech.OnsetAnnounced && !judging)
            {
                judging = true;
                var before = audio.AsMemory(Math.Max(0, at - PreRoll), Math.Min(at, PreRoll));
                judge.Begin(s_rules, trial.Said, speakerLevelDb: null, speech, [new AudioFrame(before, AudioMath.SpeechRate, TimeSpan.Zero)]);
                await listening.BeginAsync(before, cancellationToken);
            }
            if (!judging) { continue; }
            listening.Hear(window);
            if (pace > TimeSpan.Zero) { await Task.Delay(pace, cancellationToken); }
            var decision = listening.Partial is { } partial ? judge.Understand(partial) : InterruptionDecision.Hold;
            if (decision == InterruptionDecision.Hold) { decision = judge.Hear(window, speech); }
            if (decision == InterruptionDecision.Ask && recognizer is not null) { decision = judge.Conclude(await listening.FinishAsync(cancellationToken)); }
            if (decision != InterruptionDecision.Hold) { return Outcome(); }
        }
        return judging ? Outcome() : new(null, "not noticed", "", TimeSpan.Zero, default);

        InterruptionOutcome Outcome() => new(judge.Verdict.Kind, judge.Verdict.Reason, judge.Partial, judge.Held, judge.Sound);
    }

    /// <summary>The recogniser at work on one trial, and its newest partial.</summary>
    private sealed class Listening(ISpeechRecognizer? recognizer) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private IRecognitionStream? _stream;
        private Task _reading = Task.CompletedTask;
        private volatile string? _partial;

        public string? Partial => _partial;

        public async Task BeginAsync(ReadOnlyMemory<short> before, CancellationToken cancellationToken)
        {
            if (recognizer is null) { return; }
            _stream = await recognizer.OpenAsync(new RecognitionRequest(), cancellationToken);
            _reading = ReadAsync(_stream);
            Hear(before);
        }

        public void Hear(ReadOnlyMemory<short> samples) => _stream?.Write(new AudioFrame(samples.ToArray(), AudioMath.SpeechRate, TimeSpan.Zero));

        public async Task<string> FinishAsync(CancellationToken cancellationToken) => (await _stream!.FinishAsync(cancellationToken)).Text;

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            try { await _reading; } catch (OperationCanceledException) { } // As was asked.
            if (_stream is not null) { await _stream.DisposeAsync(); }
            _stop.Dispose();
        }

        private async Task ReadAsync(IRecognitionStream stream)
        {
            await foreach (var partial in stream.ReadPartialsAsync(_stop.Token)) { _partial = partial.Text; }
        }
    }
}
