using Microsoft.Extensions.AI;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Turns;
using Parley.Turns.Endpointing;
using Parley.Vad;

namespace Parley.Pipeline;

/// <summary>Tells when the user's turn is over: gathers the evidence, asks the turn detector at each silent window, and bounds the utterance.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class Endpointing(PipelineContext context, Answering answering)
{
    private readonly EvidenceCollector _evidence = new();
    private Utterance? _utterance;
    private int _pauses;
    private bool _pauseIsKnown;

    /// <summary>The user opened the turn by hand and will end it by hand.</summary>
    public bool IsHandHeld { get; set; }

    /// <summary>The silence so far in which the turn was not over: what was known then asked for more.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Hears every window.</summary>
    /// <param name="utterance">What the user is saying in it; null while the user says nothing.</param>
    /// <param name="window">Its audio.</param>
    /// <param name="speech">What is known of the speech.</param>
    public void Hear(Utterance? utterance, AudioFrame window, SegmenterUpdate speech)
    {
        if (utterance != _utterance)
        {
            if (utterance is null) { _evidence.End(); } else { _evidence.Begin(answering.Hints?.Answers ?? [], WasAsked()); }
            (_utterance, _pauseIsKnown) = (utterance, false);
        }
        if (speech.IsVoiced) { (_pauseIsKnown, Waited) = (false, TimeSpan.Zero); }
        _evidence.Hear(window.Samples.Span, speech);
    }

    /// <summary>Judges the utterance after a window that was heard.</summary>
    /// <returns>Why the turn ends now; null while it goes on.</returns>
    public TurnDecision? OnWindow(Utterance utterance, SegmenterUpdate speech)
    {
        var tooLong = utterance.Duration >= context.Options.MaxUtterance;
        if ((speech.IsVoiced || IsHandHeld) && !tooLong) { return null; }
        var decision = context.Config.Turn!.SilenceMs is > 0 and var set ? ToDecision(speech.SilenceSoFar, TimeSpan.FromMilliseconds(set)) : Judge(utterance, speech);
        if (!decision.EndsTurn) { Waited = speech.SilenceSoFar; }
        return tooLong ? decision with { EndsTurn = true, Reason = "longest utterance" } : decision.EndsTurn ? decision : null;
    }

    private static TurnDecision ToDecision(TimeSpan silence, TimeSpan set) => new(silence >= set, set, silence >= set ? "silence_ms" : "");

    private TurnDecision Judge(Utterance utterance, SegmenterUpdate speech)
    {
        if (utterance.IsPaused && !_pauseIsKnown) { AskModel(utterance); }
        _evidence.Understand(utterance.Partial.Text, speech.Now);
        return context.Engines.Turn.Decide(_evidence.ToSignals(speech, context.Config.Turn!.Patience!.Value));
    }

    /// <summary>The model has judged; of a pause that is over nobody wants to know.</summary>
    public void OnJudged(PauseJudged judged)
    {
        if (judged.Pause == _pauses && _pauseIsKnown) { _evidence.Judge(judged.Probability); }
    }

    private bool WasAsked()
    {
        var last = answering.History.Messages is [.., { } message] ? message : null;
        return last?.Role == ChatRole.Assistant && last.Text.TrimEnd().EndsWith('?');
    }

    private void AskModel(Utterance utterance)
    {
        (_pauses, _pauseIsKnown) = (_pauses + 1, true);
        if (context.Engines.TurnModel is { } model)
        {
            var (audio, pause) = (Tail(utterance.Audio, model.Window), _pauses);
            context.Background.Add(new ValueTask(context.Aside(() => JudgeAsync(model, audio, pause))));
        }
    }

    private async Task JudgeAsync(IEndOfTurnModel model, short[] audio, int pause)
    {
        using var limit = new CancellationTokenSource(model.Timeout, context.Time);
        try
        {
            await context.Post(new PauseJudged(pause, await model.JudgeAsync(audio, limit.Token)));
        }
        catch (Exception e) when (e is VoiceException or OperationCanceledException)
        {
            // The turn ends without its judgement.
            context.Metrics.DegradedTo(VoiceStage.Turn);
        }
    }

    private static short[] Tail(IReadOnlyList<AudioFrame> audio, TimeSpan window)
    {
        var end = audio[^1].End;
        var frames = audio.SkipWhile(frame => end - frame.End >= window);
        return [.. frames.SelectMany(frame => frame.Samples.ToArray())];
    }
}
