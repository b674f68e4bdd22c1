namespace Parley.Replies;

/// <summary>Something that the user did in the client, as a <c>ui_event</c> told it.</summary>
/// <param name="At">Time since the session began.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Data">Its data as JSON, cut to <see cref="MaxData"/> characters; null where it has none.</param>
public sealed record UserAction(TimeSpan At, string Name, string? Data)
{
    public const int MaxData = 500;

    public string? Data { get; } = Data is { Length: > MaxData } ? Data[..MaxData] : Data;
}
