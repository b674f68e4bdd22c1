using Parley.Policy;
using Parley.Recording;
using Parley.Resilience;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Tts;
using Parley.Turns;

namespace Parley.Replay;

/// <summary>Engines that give what was recorded, when it was recorded. The turn detector is today's.</summary>
internal sealed class RecordedEngines(ReplayLeg leg, ReplayClock clock, ITurnDetector turn) : IEngineSelector
{
    /// <summary>Tells the session what was recorded of its engines' changes.</summary>
    public SessionHealth Health { get; } = new();

    public SessionEngines Select(SessionConfig config)
    {
        var windows = JudgedWindows.Of(leg).Select(w => w.Window);
        var signals = leg.Entries.Where(e => e.Kind == TimelineKinds.TurnSignals)
            .Select(e => TimelineJson.Decode(e, TimelineJsonContext.Default.RecordedSignals));
        var voices = config.Voice is { } voice ? new[] { voice } : [];
        var speech = new RecordedCalls(leg, TimelineKinds.SpeechCall, TimelineKinds.Speech, TimelineKinds.SpeechEnd, TimelineKinds.SpeechFailed);
        return new SessionEngines
        {
            Vad = new RecordedDetector(new Queue<RecordedWindow>(windows)),
            Asr = new RecordedRecognizer(
                TranscriptTimes.AsTaken(leg), clock),
            Turn = new RecordedTurnDetector(turn, new Queue<RecordedSignals>(signals), leg.HasAudio),
            Reply = new RecordedChatClient(
                new RecordedCalls(leg, TimelineKinds.ReplyCall, TimelineKinds.ReplyUpdate, TimelineKinds.ReplyEnd, TimelineKinds.ReplyFailed), clock),
            Tts = [.. leg.Begin.Synthesizers.Select(ISpeechSynthesizer (name) => new RecordedSynthesizer(name, speech, voices, clock))],
            Choices = leg.Begin.Engines,
            Health = Health,
        };
    }
}
