using Parley.Transports.Protocol;

namespace Parley.Pipeline;

/// <summary>Synthesised audio of a clause, whose text it names, at the session's rate, with what moves and what is heard in it; samples count from the generation's start.</summary>
internal sealed record SpokenPiece(
    uint Segment,
    string Text,
    long StartSample,
    ReadOnlyMemory<short> Samples,
    IReadOnlyList<VisemeItem> Visemes,
    IReadOnlyList<WordItem> Words,
    IReadOnlyList<(long HeardAt, int TextEnd)> Heard);
