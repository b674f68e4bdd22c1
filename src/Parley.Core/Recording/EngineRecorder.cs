using Parley.Policy;
using Parley.Timeline;
using Parley.Tts;

namespace Parley.Recording;

/// <summary>Notes in a session's timeline what its engines give, so that the session can be replayed without them.</summary>
internal static class EngineRecorder
{
    /// <summary>The same engines, each call of which is noted; of the turn detector what it was asked, for a replay asks that of today.</summary>
    public static SessionEngines Record(SessionEngines engines, SessionTimeline timeline)
    {
        var speech = new CallCounter();
        return engines with
        {
            Vad = new RecordingDetector(engines.Vad, timeline),
            Turn = new RecordingTurnDetector(engines.Turn, timeline),
            Asr = new RecordingRecognizer(engines.Asr, timeline),
            Reply = new RecordingChatClient(engines.Reply, timeline),
            Tts = [.. engines.Tts.Select(ISpeechSynthesizer (t) => new RecordingSynthesizer(t, timeline, speech))],
        };
    }
}
