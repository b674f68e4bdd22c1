using Parley.Audio;
using Parley.Recording;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Turns.Interruptions;
using Parley.Vad;

namespace Parley.Pipeline;

/// <summary>
/// Speech during a reply: pause, then decide. The first sound holds the reply within one packet. What <see cref="InterruptionJudge"/> takes
/// for an interruption ends it; after a nod, a noise or an echo it goes on at the very sample where it was held.
/// </summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class BargeIn(PipelineContext context, Floor floor, Answering answering)
{
    private readonly InterruptionJudge _judge = new(context.Readings.Read);
    private readonly SpeakerLevel _speaker = new();
    private TimeSpan _stopTook;
    private bool _noiseGoesOn;

    /// <summary>Whether a reply is held and must be judged.</summary>
    public bool IsJudging => floor.State == TurnState.Paused;

    /// <summary>Speech began while the assistant has the floor.</summary>
    /// <param name="speech">What the speech detector says of the present window.</param>
    /// <param name="before">The audio before that window.</param>
    public void Hold(SegmenterUpdate speech, IReadOnlyList<AudioFrame> before)
    {
        _noiseGoesOn = false;
        if (floor.State is not (TurnState.Thinking or TurnState.Speaking)) { return; }
        context.Pacer.Pause();
        // From here on nothing stale is sent but the one packet that may be in flight.
        _stopTook = speech.SpeechSoFar;
        var reply = floor.Reply!;
        var position = context.Readings.Read(reply.Generation, PlaybackPurpose.Pause, context.Playback.Pause());
        floor.Send(new PlaybackPaused(reply.Generation, position));
        floor.MoveTo(TurnState.Paused);

        var rules = new InterruptionRules(
            TimeSpan.FromMilliseconds(context.Config.Turn!.MinInterruptionMs!.Value), context.Config.Turn.MinInterruptionWords!.Value);
        var said = reply.IsAudible ? SpokenContext.From(reply.Said.HeardAt(position), reply.Said.UnsaidAt(position)) : null;
        _judge.Begin(rules, said, _speaker.LevelDb, speech, before);
    }

    /// <summary>The recogniser understood something of what was said.</summary>
    public void OnPartial(string text) { if (IsJudging) { Decide(_judge.Understand(text)); } }

    /// <summary>One more window was heard while the reply is held.</summary>
    /// <returns>Whether the recogniser's final is wanted, to tell by the words.</returns>
    public bool OnWindow(AudioFrame window, SegmenterUpdate speech)
    {
        var decision = _judge.Hear(window.Samples, speech);
        Decide(decision);
        return decision == InterruptionDecision.Ask;
    }

    /// <summary>The recogniser has understood all that was said while the reply was held.</summary>
    /// <returns>Whether it was an interruption, and is to be answered.</returns>
    public bool OnFinal(string text)
    {
        if (!IsJudging) { return false; }
        var decision = _judge.Conclude(text);
        Decide(decision);
        return decision == InterruptionDecision.Stop;
    }

    /// <summary>Whether somebody begins to speak in a noise that the reply went on over: the speech detector announces no second onset.</summary>
    public bool HearsVoiceInNoise(AudioFrame window, SegmenterUpdate speech)
    {
        _noiseGoesOn &= speech.IsSpeech && floor.State == TurnState.Speaking;
        return _noiseGoesOn && _judge.HearsVoice(window.Samples);
    }

    /// <summary>Nothing more will be heard of it: the reply goes on.</summary>
    public void Release() { if (IsJudging) { GoOn(); } }

    /// <summary>Takes the audio of a turn that was understood: who is much quieter than this speaker is somebody else.</summary>
    public void Learn(IReadOnlyList<AudioFrame> turn) => _speaker.Learn(turn);

    private void Decide(InterruptionDecision decision)
    {
        switch (decision)
        {
            case InterruptionDecision.Stop: Confirm(); break;
            case InterruptionDecision.GoOn: GoOn(); break;
        }
    }

    private void Confirm()
    {
        Record();
        context.Metrics.Interrupted();
        context.Metrics.BargeInStopped(_stopTook);
        answering.Cancel(floor.Reply!.IsAudible ? CancelReason.BargeIn : CancelReason.Superseded);
        floor.MoveTo(TurnState.Listening);
    }

    /// <summary>It was no interruption: the reply goes on.</summary>
    private void GoOn()
    {
        Record();
        floor.DropUtterance();
        context.Metrics.InterruptionWasFalse(_judge.Verdict.Kind);
        var generation = floor.Reply!.Generation;
        floor.Send(new PlaybackResumed(generation, context.Readings.Read(generation, PlaybackPurpose.Resume, context.Playback.Resume())));
        context.Pacer.Resume();
        floor.MoveTo(floor.Reply.IsAudible ? TurnState.Speaking : TurnState.Thinking);
        _noiseGoesOn = _judge.Verdict.Kind == InterruptionKind.Noise;
        _judge.LeaveNoise();
    }

    private void Record()
    {
        context.Timeline.Add(TimelineKinds.Interruption, new InterruptionJudged(
            floor.Reply!.Generation, _judge.Verdict.Kind, _judge.Verdict.Reason, _judge.Partial,
            _judge.Speech.TotalMilliseconds, _judge.Held.TotalMilliseconds, _judge.Sound));
    }
}
