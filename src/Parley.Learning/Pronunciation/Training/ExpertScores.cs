using System.Text.Json;

namespace Parley.Learning.Pronunciation.Training;

/// <summary>What experts said of one recording.</summary>
/// <param name="Id">Names its audio file.</param>
/// <param name="Speaker">Who reads.</param>
/// <param name="Text">What is read.</param>
/// <param name="Utterance">Total, accuracy, fluency and prosody, 0 to 10.</param>
/// <param name="Words">What they said of each word.</param>
public sealed record ExpertScores(string Id, string Speaker, string Text, IReadOnlyList<float> Utterance, IReadOnlyList<ExpertWord> Words)
{
    /// <summary>What models are fitted to: halfway between <see cref="Utterance"/>, medians, and the means of the single experts, which are finer; where these are not known, the former.</summary>
    public IReadOnlyList<float> Sought { get; init; } = Utterance;

    /// <summary>Reads a file of one JSON object a line, as speechocean762 is kept.</summary>
    /// <exception cref="InvalidDataException">A line is not what it should be.</exception>
    public static IReadOnlyList<ExpertScores> Load(string path)
    {
        var scores = new List<ExpertScores>();
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                scores.Add(Read(document.RootElement));
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw new InvalidDataException($"{path}, line {scores.Count + 1}: {e.Message}", e);
            }
        }
        return scores;
    }

    private static ExpertScores Read(JsonElement row) => new(
        row.GetProperty("id").GetString()!, row.GetProperty("speaker").GetString()!, row.GetProperty("text").GetString()!,
        [.. Levels.Select(level => row.GetProperty(level).GetSingle())],
        [.. row.GetProperty("words").EnumerateArray().Select(word => new ExpertWord(word.GetProperty("accuracy").GetSingle(), PhonesOf(word.GetProperty("phones"))) { Stress = word.TryGetProperty("stress", out var stress) ? stress.GetSingle() : null })])
    {
        Sought = [.. Levels.Select(level => row.TryGetProperty($"{level}_experts", out var experts) && experts.GetArrayLength() > 0
            ? (row.GetProperty(level).GetSingle() + experts.EnumerateArray().Average(expert => expert.GetSingle())) / 2
            : row.GetProperty(level).GetSingle())],
    };

    private static readonly string[] Levels = ["total", "accuracy", "fluency", "prosody"];

    private static float[]? PhonesOf(JsonElement phones) =>
        phones.ValueKind == JsonValueKind.Array ? [.. phones.EnumerateArray().Select(phone => phone.GetProperty("score").GetSingle())] : null;
}

/// <summary>What experts said of a word.</summary>
/// <param name="Accuracy">0 to 10.</param>
/// <param name="Phones">Each phone's score, 0 to 2; null where they heard other phones than the dictionary has.</param>
public sealed record ExpertWord(float Accuracy, IReadOnlyList<float>? Phones)
{
    /// <summary>10 where the right syllable was stressed, 5 where another was; null: nobody said.</summary>
    public float? Stress { get; init; }
}
