namespace Parley.Transports.Lines;

/// <summary>One whole message of a line.</summary>
/// <param name="Data">Its bytes, UTF-8 where it is text; valid until the next frame is waited for. Empty if it was too large.</param>
/// <param name="IsText">Whether it came as text, as opposed to bytes.</param>
/// <param name="IsTooLarge">Whether it was longer than the line takes, and skipped.</param>
public readonly record struct Frame(ReadOnlyMemory<byte> Data, bool IsText, bool IsTooLarge = false);
