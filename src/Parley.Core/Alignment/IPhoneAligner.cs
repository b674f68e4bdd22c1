namespace Parley.Alignment;

/// <summary>Finds where each word and phone of a known text sounds in a recording, and how well the sound fits.</summary>
/// <remarks>Thread-safe. Aligning never runs on the caller's thread.</remarks>
public interface IPhoneAligner
{
    /// <summary>The name that configuration and <c>doctor</c> use.</summary>
    string Name { get; }

    /// <summary>Aligns a recording with the words that are said in it, all of them and in this order.</summary>
    /// <param name="words">The words as they are written, one to a token: <c>It's</c>, <c>$5,</c>. What cannot be spoken comes back without phones.</param>
    /// <param name="samples">The whole recording: 16 kHz mono.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One aligned word for each of <paramref name="words"/>.</returns>
    /// <exception cref="Diagnostics.VoiceException">
    /// Nothing can be aligned, for want of speakable words or because the audio cannot be these words (<see cref="Diagnostics.FailureClass.UserInput"/>),
    /// or the engine failed or was busy too long.
    /// </exception>
    ValueTask<PhoneAlignment> AlignAsync(IReadOnlyList<string> words, ReadOnlyMemory<short> samples, CancellationToken cancellationToken = default);
}
