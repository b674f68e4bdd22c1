namespace Parley.Vad;

/// <summary>What is known after a window. Times count audio from the segmenter's first sample and fall on window boundaries.</summary>
/// <param name="Now">End of the window.</param>
/// <param name="IsSpeech">Whether speech is announced and has not ended.</param>
/// <param name="OnsetAnnounced">Speech was announced with this very window. <see cref="SpeechStart"/> lies before it.</param>
/// <param name="EndAnnounced">Speech was found to have ended with this very window. <see cref="LastSpeechEnd"/> lies before it.</param>
/// <param name="SpeechStart">Begin of the present speech, or else of the last; null before any.</param>
/// <param name="LastSpeechEnd">End of the last window of announced speech; null before any.</param>
public readonly record struct SegmenterUpdate(
    TimeSpan Now, bool IsSpeech, bool OnsetAnnounced, bool EndAnnounced, TimeSpan? SpeechStart, TimeSpan? LastSpeechEnd)
{
    /// <summary>Time since the last window of speech, or since the beginning; 0 while somebody speaks. A short pause in speech counts.</summary>
    public TimeSpan SilenceSoFar => Now - (LastSpeechEnd ?? TimeSpan.Zero);

    /// <summary>How long the present speech, or else the last, has been going on, the pauses inside it included; 0 before any.</summary>
    public TimeSpan SpeechSoFar => (LastSpeechEnd - SpeechStart) ?? TimeSpan.Zero;

    /// <summary>Whether the window itself is speech, not a pause within it.</summary>
    public bool IsVoiced => IsSpeech && SilenceSoFar == TimeSpan.Zero;
}
