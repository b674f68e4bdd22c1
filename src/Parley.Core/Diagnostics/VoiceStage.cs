namespace Parley.Diagnostics;

/// <summary>The stage of the pipeline that an engine, an error or a timing belongs to.</summary>
public enum VoiceStage
{
    Transport,
    Vad,
    Asr,
    Turn,
    Reply,
    Tts,

    /// <summary>What a reply engine may call.</summary>
    Tools,

    /// <summary>What writes and reads audio in files and packets.</summary>
    Codec,

    /// <summary>What turns texts into vectors.</summary>
    Embedding,

    /// <summary>What judges a learner's turn.</summary>
    Coach,
}
