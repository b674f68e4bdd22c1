using System.ComponentModel.DataAnnotations;

namespace Parley.Onnx.Alignment;

/// <summary>A phone model that judges pronunciation instead of PocketSphinx's (<c>Parley:PhoneModel</c>).</summary>
public sealed class PhoneModelOptions
{
    /// <summary>The ONNX file of a wav2vec2 model, or one like it, that was trained to write phones (CTC): input float32 [1, samples], output [1, steps, tokens].</summary>
    /// <value>The default is null: PocketSphinx's model.</value>
    public string? Model { get; set; }

    /// <summary>Its tokens: <c>vocab.json</c>, from token to number, or a text with one token a line.</summary>
    /// <value>The default is null: <c>vocab.json</c> beside the model, else <c>tokens.txt</c>.</value>
    public string? Tokens { get; set; }

    /// <summary>Coefficients that <c>./parley train pronunciation</c> has fitted with this model.</summary>
    /// <value>The default is null: those of PocketSphinx's model, which fit badly.</value>
    public string? Coefficients { get; set; }

    /// <summary>How long one recording may take.</summary>
    /// <value>The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "Timeout must be 1 s to 5 min.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    internal string TokensFile => Tokens ?? Beside("vocab.json") ?? Beside("tokens.txt") ?? Path.Combine(Folder, "vocab.json");

    private string Folder => Path.GetDirectoryName(Path.GetFullPath(Model ?? "."))!;

    private string? Beside(string file) => Path.Combine(Folder, file) is var path && File.Exists(path) ? path : null;
}
