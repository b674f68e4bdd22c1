using static Parley.SherpaOnnx.SherpaModelKind;

namespace Parley.SherpaOnnx.Models;

/// <summary>What the metadata of a network tell: its kind, and whether the library will find the keys without which it ends the process.</summary>
internal static class ModelMetadata
{
    private static readonly string[] s_streaming = ["decode_chunk_len", "left_context_len", "left_context", "rnn_hidden_size", "window_size"];
    private static readonly string[] s_languages = ["all_language_tokens", "all_language_codes"];

    public static bool IsStreamingEncoder(IReadOnlyDictionary<string, string> metadata) => s_streaming.Any(metadata.ContainsKey);

    public static bool IsWhisper(IReadOnlyDictionary<string, string> metadata) =>
        metadata.GetValueOrDefault("model_type", "").StartsWith("whisper", StringComparison.OrdinalIgnoreCase) || metadata.ContainsKey("n_text_layer");

    /// <summary>Whether it came from NeMo, whose transducers the library runs in another way.</summary>
    public static bool IsNemo(IReadOnlyDictionary<string, string> metadata) =>
        metadata.GetValueOrDefault("model_type", "").StartsWith("EncDec", StringComparison.Ordinal) || metadata.ContainsKey("pred_rnn_layers");

    /// <summary>The kind of a network that is a model by itself; null: none that is known.</summary>
    public static SherpaModelKind? KindOfSingle(IReadOnlyDictionary<string, string> metadata, bool hasVoices, bool hasBpeVocab)
    {
        var (type, comment) = (metadata.GetValueOrDefault("model_type", ""), metadata.GetValueOrDefault("comment", ""));
        if (metadata.ContainsKey("lang_auto") || type.StartsWith("sense_voice", StringComparison.Ordinal)) { return SenseVoice; }
        if (type == "zipformer2" && metadata.ContainsKey("decode_chunk_len")) { return StreamingZipformer2Ctc; }
        if (metadata.ContainsKey("lfr_window_size")) { return Paraformer; }
        if (metadata.ContainsKey("punctuations")) { return SherpaModelKind.Punctuation; }
        if (hasBpeVocab && metadata.ContainsKey("MIX_CASE")) { return CasingPunctuation; }
        if (!metadata.ContainsKey("sample_rate")) { return null; }
        if (metadata.ContainsKey("style_dim") || type.StartsWith("kokoro", StringComparison.OrdinalIgnoreCase)) { return hasVoices ? Kokoro : null; }
        if (metadata.ContainsKey("num_ode_steps") || type.StartsWith("matcha", StringComparison.OrdinalIgnoreCase)) { return Matcha; }
        return metadata.ContainsKey("n_speakers") || comment.Length > 0 ? Vits : null;
    }

    /// <summary>Refuses a model that lacks what the library reads from it.</summary>
    /// <exception cref="ModelException">A key is missing; the message names the file and the key.</exception>
    public static void Require(SherpaModelKind kind, IReadOnlyDictionary<string, string> networks, FolderFiles files)
    {
        foreach (var (role, path) in networks)
        {
            var metadata = files.MetadataOf(path);
            var missing = Keys(kind, role, metadata).Where(key => !metadata.ContainsKey(key)).ToList();
            if (missing.Count > 0)
            {
                throw new ModelException($"{Path.GetFileName(path)} does not fit a {kind}: its metadata lack {string.Join(", ", missing.Take(5))}.");
            }
        }
    }

    /// <summary>Refuses voices that are not as many numbers as the model says.</summary>
    /// <exception cref="ModelException">They are missing, or cut off, or another model's.</exception>
    public static void RequireVoices(IReadOnlyDictionary<string, string> metadata, FolderFiles files)
    {
        if (files.Voices is not { } path) { throw new ModelException($"{files.Folder} lacks voices.bin."); }
        long floats = 1;
        foreach (var number in $"{metadata["style_dim"]},{metadata["n_speakers"]}".Split(','))
        {
            floats = int.TryParse(number, out var n) && n > 0 ? floats * n : throw new ModelException($"The metadata of the model in {files.Folder} are damaged.");
        }
        var bytes = new FileInfo(path).Length;
        if (bytes != floats * sizeof(float)) { throw new ModelException($"voices.bin has {bytes} bytes; the model needs {floats * sizeof(float)}."); }
    }

    /// <summary>Refuses a language that a Whisper of several does not know: the library ends the process at the first utterance.</summary>
    /// <exception cref="ModelException">It does not know it.</exception>
    public static void RequireLanguage(SherpaModel model, SherpaOptions options)
    {
        if (model.Kind != Whisper || !model.Metadata.TryGetValue("all_language_codes", out var codes) || ModelLanguages.Forced(options) is not { } language) { return; }
        if (!codes.Split(',').Contains(language)) { throw new ModelException($"The model in {model.Folder} does not know the language {language}."); }
    }

    private static string[] Keys(SherpaModelKind kind, string role, IReadOnlyDictionary<string, string> metadata) => (kind, role) switch
    {
        (StreamingZipformer2Ctc, _) =>
            ["encoder_dims", "query_head_dims", "value_head_dims", "num_heads", "num_encoder_layers", "cnn_module_kernels", "left_context_len", "T", "decode_chunk_len"],
        (SenseVoice, _) when !metadata.GetValueOrDefault("comment", "").Contains("Nano", StringComparison.Ordinal) =>
            ["vocab_size", "lfr_window_size", "lfr_window_shift", "normalize_samples", "with_itn", "without_itn",
             "lang_auto", "lang_zh", "lang_en", "lang_ja", "lang_ko", "lang_yue", "neg_mean", "inv_stddev"],
        (Paraformer, _) => ["vocab_size", "lfr_window_size", "lfr_window_shift", "neg_mean", "inv_stddev"],
        (StreamingParaformer, "encoder") => ["vocab_size", "lfr_window_size", "lfr_window_shift", "neg_mean", "inv_stddev", "encoder_output_size",
             "decoder_num_blocks", "decoder_kernel_size"],
        (Whisper, "encoder") =>
            ["n_mels", "n_text_layer", "n_text_ctx", "n_text_state", "n_vocab", "sot", "eot", "blank_id", "translate", "transcribe", "is_multilingual",
             "no_timestamps", "no_speech", "sot_sequence", .. metadata.GetValueOrDefault("is_multilingual") == "1" ? s_languages : []],
        (StreamingTransducer or Transducer, "decoder") when !IsNemo(metadata) && metadata.Count > 0 => ["vocab_size", "context_size"],
        (Vits, _) => ["sample_rate", "n_speakers", "language", "comment"],
        (Kokoro, _) => ["sample_rate", "n_speakers", "has_espeak", "style_dim"],
        (SherpaModelKind.Punctuation, _) => ["tokens", "vocab_size", "punctuations", "unk_symbol"],
        (CasingPunctuation, _) => ["COMMA", "PERIOD", "QUESTION", "UPPER", "CAP", "MIX_CASE"],
        (Matcha, "model") => ["sample_rate", "n_speakers", "use_eos_bos", "pad_id"],
        (Matcha, "vocoder") => ["model_type"],
        _ => [],
    };
}
