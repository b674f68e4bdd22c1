using Parley.Diagnostics;

namespace Parley.Policy;

/// <summary>Checks the shares of engines that are being tried out against the engines that there are.</summary>
internal static class CanaryShares
{
    /// <param name="options">The shares.</param>
    /// <param name="stages">The names of the engines, stage by stage.</param>
    /// <exception cref="VoiceException">A share is for no engine, or those of a stage come to more than 1; the message names the key.</exception>
    public static void Check(PolicyOptions options, IReadOnlyList<IEnumerable<string>> stages)
    {
        foreach (var name in options.Canary.Keys)
        {
            if (!stages.Any(s => s.Contains(name)))
            {
                throw new VoiceException(VoiceStage.Transport, $"Parley:Policy:Canary:{name}: there is no such engine; there are {string.Join(", ", stages.SelectMany(s => s))}.");
            }
        }
        foreach (var stage in stages)
        {
            var shared = stage.Where(options.Canary.ContainsKey).ToArray();
            if (shared.Sum(name => options.Canary[name]) > 1 + 1e-9)
            {
                throw new VoiceException(VoiceStage.Transport, $"Parley:Policy:Canary: the shares of {string.Join(" and ", shared)} come to more than 1.");
            }
        }
    }
}
