using Parley.Tutor.Scripting;

namespace Parley.Tutor.Matching;

/// <summary>The offered answer that was meant.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Slots">The values that were heard; slots without one are absent.</param>
/// <param name="Score">0 to 1; 1 is the answer itself.</param>
internal sealed record AnswerMatch(ScenarioAnswer Answer, IReadOnlyDictionary<string, string> Slots, double Score)
{
    public bool IsExact => Score >= 1;
}
