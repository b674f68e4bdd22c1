using Parley.Transports.Protocol;

namespace Parley.Bench.Load;

/// <summary>What a speaker says.</summary>
internal interface ILines
{
    /// <summary>The next thing to say, 16 kHz.</summary>
    /// <param name="offered">The answers on offer.</param>
    /// <returns>The audio; null when there is nothing more to say in this conversation.</returns>
    short[]? Next(IReadOnlyList<SuggestionItem> offered);
}
