namespace Parley.Turns;

/// <summary>A model that hears whether a speaker has finished. Its judgement is one piece of evidence among others.</summary>
/// <remarks>Thread-safe; one model serves all sessions.</remarks>
public interface IEndOfTurnModel
{
    /// <summary>How much of the end of an utterance is listened to.</summary>
    TimeSpan Window { get; }

    /// <summary>How long a turn may wait for a judgement; after it the turn is judged without.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Judges an utterance that has just fallen silent. Never computes on the caller's thread.</summary>
    /// <param name="audio">16 kHz; its last <see cref="Window"/> at most is listened to. Not kept after the task completes.</param>
    /// <param name="cancellationToken">Gives up the wait; a model that is computing is not interrupted.</param>
    /// <returns>The probability, 0 to 1, that the turn is over.</returns>
    /// <exception cref="Diagnostics.VoiceException">The model failed.</exception>
    Task<double> JudgeAsync(ReadOnlyMemory<short> audio, CancellationToken cancellationToken = default);
}
