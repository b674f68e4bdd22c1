using Parley.Asr;
using Parley.Audio;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Turns.Endpointing;
using Parley.Vad;

namespace Parley.Testing.Speech;

/// <summary>A <see cref="PauseTrial"/> as a session hears it: with its own detector of speech, its recogniser and its collector of evidence.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Signals">What is known at the silence; <see cref="TurnSignals.Silence"/> is for the one who asks to set.</param>
/// <param name="LastSpeech">Where the voice activity detector hears the last speech before the silence.</param>
/// <param name="Reached">How long it then hears none; zero where it has heard no speech at all.</param>
public sealed record HeardPause(PauseTrial Trial, TurnSignals Signals, TimeSpan LastSpeech, TimeSpan Reached)
{
    private static readonly TimeSpan s_softEnd = TimeSpan.FromMilliseconds(96), s_preRoll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_onset = TimeSpan.FromMilliseconds(200), s_partialTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(32);

    /// <summary>The silence at which a detector ends the turn, in steps of a window; null where speech goes on before.</summary>
    public TimeSpan? EndsAfter(ITurnDetector detector, Patience patience)
    {
        for (var silence = s_window; silence <= Reached; silence += s_window)
        {
            if (detector.Decide(Signals with { Silence = silence, Patience = patience }).EndsTurn) { return silence; }
        }
        return null;
    }

    /// <summary>The time from the last sound to the end of the turn, what the voice activity detector adds included; null where it does not end.</summary>
    public TimeSpan? Delay(ITurnDetector detector, Patience patience) => LastSpeech - Trial.Start + EndsAfter(detector, patience);

    /// <summary>Plays a trial.</summary>
    /// <param name="vad">Hears speech in windows of 32 ms.</param>
    /// <param name="recognizer">Gives the partial, without hints.</param>
    /// <param name="trial">What is played.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<HeardPause> PlayAsync(
        IVoiceActivityDetector vad, ISpeechRecognizer recognizer, PauseTrial trial, CancellationToken cancellationToken = default)
    {
        using var stream = vad.OpenStream();
        var segmenter = new SpeechSegmenter(new VadOptions(), vad.WindowSamples);
        var collector = new EvidenceCollector();
        var (reached, signals, update) = (TimeSpan.Zero, default(TurnSignals), default(SegmenterUpdate));
        collector.Begin([], wasAsked: false);
        for (var at = 0; at + vad.WindowSamples <= trial.Samples.Length; at += vad.WindowSamples)
        {
            var window = trial.Samples.AsMemory(at, vad.WindowSamples);
            var speech = segmenter.Push(await stream.DetectAsync(window, cancellationToken));
            collector.Hear(window.Span, speech);
            if (speech.LastSpeechEnd is null || speech.Now <= trial.Start || speech.Now > trial.End + s_onset || speech.SilenceSoFar <= reached) { continue; }
            (reached, update) = (speech.SilenceSoFar, speech);
            // A pause in the speech itself is no evidence of the one that is judged.
            signals = collector.ToSignals(speech, Patience.Normal) with { Pauses = default };
        }
        if (reached == TimeSpan.Zero) { return new(trial, new(TimeSpan.Zero, TimeSpan.Zero, "", Patience.Normal), trial.Start, TimeSpan.Zero); }
        var lastSpeech = update.LastSpeechEnd!.Value;
        var partial = await UnderstandAsync(recognizer, trial.Samples, lastSpeech - signals.Speech - s_preRoll, lastSpeech + s_softEnd, cancellationToken);
        return new(trial, signals with { Partial = partial, PartialAge = null }, lastSpeech, reached);
    }

    /// <summary>What a session's recogniser would have understood when the silence began: after the soft end it gives no partials.</summary>
    private static async Task<string> UnderstandAsync(
        ISpeechRecognizer recognizer, short[] samples, TimeSpan from, TimeSpan to, CancellationToken cancellationToken)
    {
        var first = (int)Math.Max(0, AudioMath.SamplesIn(from, AudioMath.SpeechRate));
        var last = (int)Math.Min(samples.Length, AudioMath.SamplesIn(to, AudioMath.SpeechRate));
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), cancellationToken);
        stream.Write(new AudioFrame(samples.AsMemory(first..last), AudioMath.SpeechRate, TimeSpan.Zero));
        using var limit = new CancellationTokenSource(s_partialTimeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await foreach (var partial in stream.ReadPartialsAsync(either.Token)) { return partial.Text; }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing was understood: there is no partial to wait for.
        }
        return "";
    }
}
