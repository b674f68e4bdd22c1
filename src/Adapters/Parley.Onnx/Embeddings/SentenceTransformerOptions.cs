using System.ComponentModel.DataAnnotations;

namespace Parley.Onnx.Embeddings;

/// <summary>A sentence transformer in a folder (<c>Parley:SentenceTransformer:NAME</c>).</summary>
public sealed class SentenceTransformerOptions
{
    private static readonly string[] s_models = ["model.onnx", "onnx/model.onnx"];

    /// <summary>The folder with <c>model.onnx</c>, or <c>onnx/model.onnx</c>, and <c>vocab.txt</c>, as they are published.</summary>
    [Required(ErrorMessage = "Folder must be set.")]
    public string Folder { get; set; } = "";

    /// <summary>Tokens of a text that are read, its two marks included; the rest of it is passed over.</summary>
    /// <value>The default is 256.</value>
    [Range(8, 8192, ErrorMessage = "MaxTokens must be 8 to 8192.")]
    public int MaxTokens { get; set; } = 256;

    internal string? Model => s_models.Select(file => Path.Combine(Folder, file)).FirstOrDefault(File.Exists);

    internal string Vocabulary => Path.Combine(Folder, "vocab.txt");
}
