using System.Text.Json;
using Parley.Diagnostics;

namespace Parley.Tutor.Scripting;

/// <summary>All scenarios by their id: those that come with the tutor, and those of a teacher's folder, which may replace them. Thread-safe.</summary>
public sealed class ScenarioLibrary
{
    /// <summary>The scenario of a session that names none.</summary>
    public const string OpenTalk = "open";

    private const string ResourcePrefix = "Scenarios/";
    private readonly Dictionary<string, Scenario> _scenarios = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="folder">A folder of <c>*.json</c> scenarios; null for the built-in ones alone.</param>
    /// <exception cref="VoiceException">The folder or a file cannot be read, or a scenario is not sound; the message names file and path.</exception>
    public ScenarioLibrary(string? folder = null)
    {
        var assembly = typeof(ScenarioLibrary).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            Add(Parse(stream, name[ResourcePrefix.Length..]));
        }
        if (folder is null) { return; }
        if (!Directory.Exists(folder)) { throw new VoiceException(VoiceStage.Reply, $"The scenario folder '{folder}' does not exist."); }
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)) { Add(Load(file)); }
    }

    /// <summary>All scenarios, in the order of their ids.</summary>
    public IEnumerable<Scenario> All => _scenarios.Values.OrderBy(s => s.Id, StringComparer.Ordinal);

    /// <exception cref="VoiceException">There is no such scenario; the message names those there are.</exception>
    public Scenario Get(string id) => _scenarios.TryGetValue(id, out var scenario) ? scenario
        : throw new VoiceException(VoiceStage.Reply, $"There is no scenario '{id}'; there are {string.Join(", ", All.Select(s => s.Id))}.") { Class = FailureClass.UserInput };

    /// <summary>Reads and checks one scenario.</summary>
    /// <param name="json">The file's content; stays open.</param>
    /// <param name="fileName">The file's name, which must be the scenario's id and ".json".</param>
    /// <exception cref="VoiceException">It is not sound; the message names the file and the path in it.</exception>
    public static Scenario Parse(Stream json, string fileName)
    {
        Scenario scenario;
        try
        {
            scenario = JsonSerializer.Deserialize(json, ScenarioJsonContext.Default.Scenario)
                ?? throw new VoiceException(VoiceStage.Reply, $"{fileName}: $: a scenario is expected, not null.");
        }
        catch (JsonException problem)
        {
            throw new VoiceException(VoiceStage.Reply, $"{fileName}: {problem.Path ?? "$"}: {problem.Message}", inner: problem);
        }
        var problems = new List<string>(ScenarioValidator.Validate(scenario));
        if (scenario.Id != Path.GetFileNameWithoutExtension(fileName)) { problems.Add($"id: '{scenario.Id}' is not the file's name."); }
        return problems.Count == 0 ? scenario
            : throw new VoiceException(VoiceStage.Reply, string.Join(Environment.NewLine, problems.Select(p => $"{fileName}: {p}")));
    }

    private static Scenario Load(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Parse(stream, Path.GetFileName(file));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException(VoiceStage.Reply, $"The scenario '{file}' cannot be read.", inner: problem);
        }
    }

    private void Add(Scenario scenario) => _scenarios[scenario.Id] = scenario;
}
