using Parley.Asr;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Vad;

namespace Parley.Pipeline;

/// <summary>The user's side: begins and ends utterances, as speech is detected or by hand, and tells the client of it.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class Listening(
    PipelineContext context, Floor floor, Hearing hearing, Endpointing endpointing, Answering answering, Responding responding, BargeIn bargeIn, Speculation speculation)
{
    private SegmenterUpdate _speech;
    private WindowTimes _times;

    /// <summary>When the last sample of speech was heard, a timestamp of the clock.</summary>
    public long LastSpeech { get; private set; }

    /// <summary>A window was heard.</summary>
    /// <param name="speech">What is known of the speech.</param>
    /// <param name="times">When it was spoken, and came.</param>
    public void Hear(SegmenterUpdate speech, WindowTimes times) => (_speech, _times, LastSpeech) = (speech, times, speech.IsVoiced ? times.Spoken : LastSpeech);

    /// <summary>The user begins to speak.</summary>
    /// <param name="speechStart">The timestamp at which they began.</param>
    /// <param name="spokenFrom">Where that is in the microphone's audio.</param>
    public void Begin(long speechStart, TimeSpan spokenFrom)
    {
        // Who goes on while the final is still being decoded says one thing in two breaths: both are decoded together.
        var first = floor.Utterance is { IsFinishing: true } unfinished ? unfinished : null;
        var before = first?.Audio ?? [];
        floor.DropUtterance();
        var turn = floor.NewTurn(spokenFrom: first?.Turn.SpokenFrom ?? spokenFrom);
        turn.Clock.Mark(TurnMoment.SpeechStart, speechStart);
        var request = new RecognitionRequest(context.Config.Language!, answering.Hints) { CloudAudio = context.Config.Consent?.CloudAudio == true };
        var utterance = new Utterance(turn, request, context);
        foreach (var frame in before) { utterance.Write(frame); }
        foreach (var frame in hearing.PreRoll(before.Count == 0 ? TimeSpan.Zero : before[^1].End)) { utterance.Write(frame); }
        floor.Utterance = utterance;
    }

    /// <summary>The user's turn is over.</summary>
    public void End(TurnDecision decision)
    {
        context.Timeline.Add(TimelineKinds.TurnEnd, decision);
        // A transcript that settles late may ask for less silence than has passed: that was waited for, and is nobody's overhead.
        var silence = decision.RequiredSilence > endpointing.Waited ? decision.RequiredSilence : endpointing.Waited;
        var turn = floor.Utterance!.Turn;
        // Nor is the rest of the packet in which it ended, whose client had more to put into it.
        Finish(floor.Utterance, endpointing.IsHandHeld ? TimeSpan.Zero : silence + context.Time.GetElapsedTime(_times.Spoken, _times.Arrived));
        endpointing.IsHandHeld = false;
        TellEnd(turn);
        if (floor.Reply is null) { floor.MoveTo(TurnState.Thinking); }
    }

    /// <summary>Nothing more belongs to the utterance: its final transcript is wanted.</summary>
    /// <param name="utterance">The utterance.</param>
    /// <param name="silence">The silence that was waited for.</param>
    public void Finish(Utterance utterance, TimeSpan silence)
    {
        var end = endpointing.IsHandHeld ? _speech.Now : _speech.LastSpeechEnd ?? _speech.Now;
        utterance.Turn.SpokenTo = end > utterance.Turn.SpokenFrom ? end : utterance.Turn.SpokenFrom;
        utterance.Turn.Clock.SetSilence = silence;
        utterance.Turn.Clock.Mark(TurnMoment.SpeechEnd, LastSpeech);
        utterance.Turn.Clock.Mark(TurnMoment.TurnEnd);
        utterance.Finish();
    }

    /// <summary>The client hears once that the user's part of the turn is over: when it ends, or when an interruption turns out to be one.</summary>
    public void TellEnd(Turn turn)
    {
        if (turn.IsEndTold) { return; }
        turn.IsEndTold = true;
        floor.Send(new TurnEnded(turn.Id, ToMs(turn.SpokenFrom), ToMs(turn.SpokenTo)));
    }

    /// <summary>The user opens a turn by hand.</summary>
    public void StartByHand()
    {
        answering.Cancel(CancelReason.Interrupt);
        endpointing.IsHandHeld = true;
        if (!floor.UserSpeaks) { Begin(context.Time.GetTimestamp(), _speech.Now); }
        floor.MoveTo(TurnState.Listening);
    }

    /// <summary>The user ends the turn by hand.</summary>
    public void StopByHand()
    {
        if (!floor.UserSpeaks) { return; }
        LastSpeech = context.Time.GetTimestamp();
        endpointing.IsHandHeld = true;
        if (bargeIn.IsJudging) { answering.Cancel(CancelReason.BargeIn); }
        End(new TurnDecision(true, TimeSpan.Zero, "stop_listen"));
    }

    /// <summary>What the user is saying is dropped; who goes on speaking begins another turn.</summary>
    public void Cancel()
    {
        hearing.BeginAnew();
        floor.Send(new ListenCancelled(ToMs(_speech.Now)));
        if (bargeIn.IsJudging)
        {
            speculation.Discard(floor.Utterance);
            bargeIn.Release();
        }
        else if (floor.UserSpeaks)
        {
            floor.DropUtterance();
            endpointing.IsHandHeld = false;
            responding.OnNothingUnderstood();
        }
    }

    private static long ToMs(TimeSpan? time) => (long)(time ?? TimeSpan.Zero).TotalMilliseconds;
}
