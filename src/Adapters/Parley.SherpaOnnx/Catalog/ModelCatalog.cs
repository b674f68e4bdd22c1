using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.SherpaOnnx.Catalog;

/// <summary>The models that Parley knows where to find.</summary>
/// <remarks>
/// A checksum stands where several independent publishers of software state the same one for the file; others are checked by size and by what is
/// in them.
/// </remarks>
public static class ModelCatalog
{
    /// <summary>All, in the order in which they should be shown.</summary>
    public static IReadOnlyList<CatalogModel> Models { get; } = Read();

    /// <summary>The folder that models are put into: <c>~/.local/share/parley/models</c>.</summary>
    /// <exception cref="Models.ModelException">This user has no home.</exception>
    public static string DefaultFolder
    {
        get
        {
            var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length > 0 ? Path.Combine(data, "parley", "models") : throw new Models.ModelException("This user has no home to keep models in: say --to FOLDER.");
        }
    }

    public static CatalogModel? Find(string name) => Models.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<CatalogModel> Read()
    {
        using var stream = typeof(ModelCatalog).Assembly.GetManifestResourceStream("catalog.json")!;
        return JsonSerializer.Deserialize(stream, CatalogJsonContext.Default.IReadOnlyListCatalogModel)!;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<CatalogModel>))]
internal sealed partial class CatalogJsonContext : JsonSerializerContext;
