namespace Parley.OpenAICompatible.Asr;

/// <summary>When a speaker's audio goes to the server.</summary>
public enum TranscriptionMode
{
    /// <summary>Once, when the speaker falls silent.</summary>
    Whole,

    /// <summary>In overlapping windows while the speaker speaks, which gives partial transcripts, and at the end as the options say.</summary>
    Chunked,
}
