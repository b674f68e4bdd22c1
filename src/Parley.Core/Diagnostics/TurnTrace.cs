using System.Diagnostics;
using Parley.Turns;

namespace Parley.Diagnostics;

/// <summary>A turn's span, from when it begins to when its reply was heard.</summary>
/// <remarks>Thread-safe. It ends once.</remarks>
internal sealed class TurnTrace(Activity span, bool withSpeech, Action<TurnTrace> ended)
{
    private int _isOver;

    public ActivityContext Context => span.Context;

    /// <summary>Adds what was said and answered, if the option is on.</summary>
    public void Say(string user, string reply)
    {
        if (withSpeech) { span.SetTag("parley.turn.user_text", user).SetTag("parley.turn.reply_text", reply); }
    }

    /// <summary>The turn is over, with where its time went.</summary>
    /// <param name="outcome">What came of it: <c>heard</c>, <c>cut</c>, <c>nothing</c>, <c>dropped</c> or <c>session</c>.</param>
    /// <param name="timings">Null: it has none.</param>
    public void End(string outcome, TurnTimings? timings = null)
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0) { return; }
        span.SetTag("parley.turn.outcome", outcome);
        if (timings is not null)
        {
            Set("endpoint", timings.Endpoint);
            Set("asr_first_partial", timings.AsrFirstPartial);
            Set("asr_final", timings.AsrFinal);
            Set("reply_first_token", timings.ReplyFirstToken);
            Set("tts_first_audio", timings.TtsFirstAudio);
            Set("first_audio", timings.FirstAudio);
            Set("overhead", timings.Overhead);
        }
        span.End();
        ended(this);
    }

    private void Set(string stage, TimeSpan? time)
    {
        if (time is { } known) { span.SetTag($"parley.turn.{stage}_ms", Math.Round(known.TotalMilliseconds, 1)); }
    }
}
