using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Onnx.Vad;

namespace Parley.Onnx.Embeddings;

/// <summary>Offers sentence transformers to the composition root.</summary>
public static class SentenceTransformerEngine
{
    /// <summary>The registration of a model.</summary>
    /// <param name="name">The engine's name.</param>
    /// <param name="options">Where its files are.</param>
    /// <param name="library">Where ONNX Runtime is.</param>
    public static EngineRegistration<IEmbeddingGenerator<string, Embedding<float>>> Registration(string name, SentenceTransformerOptions options, SileroOptions? library = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(name, () => Probe(name, options), () => new SentenceTransformer(name, options, library));
    }

    private static EngineStatus Probe(string name, SentenceTransformerOptions options)
    {
        var missing = options.Model is null ? "model.onnx" : File.Exists(options.Vocabulary) ? null : "vocab.txt";
        return missing is null
            ? new(VoiceStage.Embedding, name, true, "", $"Sentence transformer in {options.Folder}.")
            : new(VoiceStage.Embedding, name, false, "", $"{options.Folder} has no {missing}", $"Put a BERT sentence transformer's model.onnx and vocab.txt there, or set Parley:SentenceTransformer:{name}:Folder.");
    }
}
