using Parley.Audio;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>
/// Models of a language of three words, "low", "mid" and "high": tones of a third of a second and more. They are real ones to the library: its
/// filter banks go in, and a matrix of a few hundred weights finds the band that sounds. The voice is a sine, as long as its text.
/// </summary>
internal static class ToneModels
{
    internal const int Vocabulary = 4, Bands = 80;

    private const float Threshold = -2;

    private static readonly (int First, int Last)[] s_bands = [(5, 25), (30, 50), (55, 75)];

    /// <summary>"low mid high" with pauses: about three and a half seconds.</summary>
    public static short[] Speech { get; } =
        [.. Silence(0.3), .. Tone(300), .. Silence(0.3), .. Tone(1200), .. Silence(0.3), .. Tone(4500), .. Silence(0.5)];

    /// <summary>A streaming zipformer 2 with CTC.</summary>
    public static void WriteStreaming(string folder) =>
        Write(folder, StreamingEncoder("log_probs", Vocabulary, 1).ToBytes(), "<blk> 0\n▁low 1\n▁mid 2\n▁high 3\n");

    /// <summary>A transducer in capitals, with the letters and the vocabulary by which hints are spelled.</summary>
    /// <remarks>Its decoder forbids the last word to follow itself; so a tone is one word, however long.</remarks>
    public static void WriteTransducer(string folder, bool streaming)
    {
        string[] tokens = ["<blk>", "▁LOW", "▁MID", "▁HIGH", "▁", "L", "O", "W", "M", "I", "D", "H", "G"];
        var count = tokens.Length;
        const float Gain = 4;
        var encoder = streaming ? StreamingEncoder("encoder_out", count, Gain) : new OnnxGraph()
            .Input("x", OnnxGraph.Float, 0, 0, Bands).Input("x_lens", OnnxGraph.Int64, 0)
            .Constant("from", [1], 0L).Constant("to", [1], long.MaxValue).Constant("axis", [1], 1L).Constant("step", [1], 4L)
            .Constant("three", [1], 3L).Constant("four", [1], 4L)
            .Constant("weights", [Bands, count], Weights(Bands, count, Gain)).Constant("bias", [count], Bias(count, Gain))
            .Node("Slice", ["x", "from", "to", "axis", "step"], "frames").Node("MatMul", ["frames", "weights"], "bands").Node("Add", ["bands", "bias"], "encoder_out")
            .Node("Add", ["x_lens", "three"], "padded").Node("Div", ["padded", "four"], "encoder_out_lens")
            .Output("encoder_out", OnnxGraph.Float, 0, 0, count).Output("encoder_out_lens", OnnxGraph.Int64, 0).Meta(("model_type", "zipformer2"));
        var again = new float[count * count];
        for (var i = 1; i < count; i++) { again[i * count + i] = -100; }
        var decoder = new OnnxGraph().Input("y", OnnxGraph.Int64, 0, 2).Constant("one", [], 1L).Constant("again", [count, count], again)
            .Node("Gather", ["y", "one"], "last", ("axis", 1)).Node("Gather", ["again", "last"], "decoder_out", ("axis", 0))
            .Output("decoder_out", OnnxGraph.Float, 0, count).Meta(("vocab_size", $"{count}"), ("context_size", "2"));
        var joiner = new OnnxGraph().Input("encoder_out", OnnxGraph.Float, 0, count).Input("decoder_out", OnnxGraph.Float, 0, count)
            .Node("Add", ["encoder_out", "decoder_out"], "logit").Output("logit", OnnxGraph.Float, 0, count).Meta(("joiner_dim", $"{count}"));
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "encoder.onnx"), encoder.ToBytes());
        File.WriteAllBytes(Path.Combine(folder, "decoder.onnx"), decoder.ToBytes());
        File.WriteAllBytes(Path.Combine(folder, "joiner.onnx"), joiner.ToBytes());
        File.WriteAllText(Path.Combine(folder, "tokens.txt"), string.Concat(tokens.Select((t, i) => $"{t} {i}\n")));
        File.WriteAllText(Path.Combine(folder, "bpe.vocab"), string.Concat(tokens.Select(t => $"{t}\t-1\n")));
    }

    // One matrix, and states that it hands through.
    private static OnnxGraph StreamingEncoder(string output, int columns, float gain)
    {
        (string Name, long Type, long[] Shape)[] states =
        [
            ("cached_key_0", OnnxGraph.Float, [4, 0, 4]), ("cached_nonlin_attn_0", OnnxGraph.Float, [1, 0, 4, 3]),
            ("cached_val1_0", OnnxGraph.Float, [4, 0, 4]), ("cached_val2_0", OnnxGraph.Float, [4, 0, 4]),
            ("cached_conv1_0", OnnxGraph.Float, [0, 4, 1]), ("cached_conv2_0", OnnxGraph.Float, [0, 4, 1]),
            ("embed_states", OnnxGraph.Float, [0, 128, 3, 19]), ("processed_lens", OnnxGraph.Int64, [0]),
        ];
        var graph = new OnnxGraph().Input("x", OnnxGraph.Float, 0, 39, Bands);
        foreach (var (name, type, shape) in states) { graph.Input(name, type, shape); }
        // Every fourth of the 32 frames of a chunk: 40 ms a token, as the library counts them.
        graph.Constant("from", [1], 0L).Constant("to", [1], 32L).Constant("axis", [1], 1L).Constant("step", [1], 4L)
            .Constant("weights", [Bands, columns], Weights(Bands, columns, gain)).Constant("bias", [columns], Bias(columns, gain))
            .Node("Slice", ["x", "from", "to", "axis", "step"], "frames").Node("MatMul", ["frames", "weights"], "quick").Node("Add", ["bands", "bias"], output)
            .Output(output, OnnxGraph.Float, 0, 8, columns);
        TakeTime(graph, 300);
        foreach (var (name, type, shape) in states) { graph.Node("Identity", [name], "new_" + name).Output("new_" + name, type, shape); }
        return graph.Meta(
            ("model_type", "zipformer2"), ("T", "39"), ("decode_chunk_len", "32"), ("encoder_dims", "4"), ("query_head_dims", "4"), ("value_head_dims", "4"),
            ("num_heads", "1"), ("num_encoder_layers", "1"), ("cnn_module_kernels", "3"), ("left_context_len", "4"));
    }

    /// <summary>A SenseVoice: one matrix over stacked frames, before it the four tokens of language, mood, event and spelling.</summary>
    public static void WriteSenseVoice(string folder)
    {
        const int Inputs = 7 * Bands, Tokens = Vocabulary + 4;
        var tags = new float[4 * Tokens];
        for (var i = 0; i < 4; i++) { tags[i * Tokens + Vocabulary + i] = 100; }
        var graph = new OnnxGraph()
            .Input("x", OnnxGraph.Float, 0, 0, Inputs).Input("x_length", OnnxGraph.Int32, 0).Input("language", OnnxGraph.Int32, 0).Input("text_norm", OnnxGraph.Int32, 0)
            .Constant("weights", [Inputs, Tokens], Weights(Inputs, Tokens)).Constant("bias", [Tokens], Bias(Tokens)).Constant("tags", [1, 4, Tokens], tags)
            .Constant("zero", [1], 0L).Constant("one", [1], 1L).Constant("rest", [2], 4L, Tokens)
            .Node("MatMul", ["x", "weights"], "quick").Node("Add", ["bands", "bias"], "spoken").Node("Shape", ["x"], "shape")
            .Node("Slice", ["shape", "zero", "one", "zero"], "batch").Node("Concat", ["batch", "rest"], "tag_shape", ("axis", 0))
            .Node("Expand", ["tags", "tag_shape"], "all_tags").Node("Concat", ["all_tags", "spoken"], "logits", ("axis", 1))
            .Output("logits", OnnxGraph.Float, 0, 0, Tokens)
            .Meta(
                ("model_type", "sense_voice_ctc"), ("vocab_size", $"{Tokens}"), ("lfr_window_size", "7"), ("lfr_window_shift", "6"), ("normalize_samples", "1"),
                ("with_itn", "14"), ("without_itn", "15"), ("lang_auto", "0"), ("lang_zh", "3"), ("lang_en", "4"), ("lang_ja", "11"), ("lang_ko", "12"),
                ("lang_yue", "7"), ("neg_mean", Repeat("0", Inputs)), ("inv_stddev", Repeat("1", Inputs)));
        TakeTime(graph, 700);
        Write(folder, graph.ToBytes(), "<blk> 0\n▁low 1\n▁mid 2\n▁high 3\n<|en|> 4\n<|NEUTRAL|> 5\n<|Speech|> 6\n<|withitn|> 7\n");
    }

    /// <summary>A VITS that reads letters: a sine of 75 ms a letter, two speakers.</summary>
    public static void WriteVits(string folder)
    {
        var graph = new OnnxGraph()
            .Input("x", OnnxGraph.Int64, 1, 0).Input("x_length", OnnxGraph.Int64, 1).Input("noise_scale", OnnxGraph.Float, 1)
            .Input("length_scale", OnnxGraph.Float, 1).Input("noise_scale_w", OnnxGraph.Float, 1).Input("sid", OnnxGraph.Int64, 1)
            .Constant("letter", [1], 1200f).Constant("axis", [1], 0L).Constant("zero", [], 0L).Constant("one", [], 1L).Constant("pitch", [1], 0.1f)
            .Constant("loud", [1], 0.3f).Constant("shape", [3], 1L, 1L, -1L)
            .Node("Cast", ["x_length"], "letters", ("to", OnnxGraph.Float)).Node("Mul", ["letters", "letter"], "plain").Node("Mul", ["plain", "length_scale"], "scaled")
            .Node("Cast", ["scaled"], "whole", ("to", OnnxGraph.Int64)).Node("Squeeze", ["whole", "axis"], "samples").Node("Range", ["zero", "samples", "one"], "index")
            .Node("Cast", ["index"], "time", ("to", OnnxGraph.Float)).Node("Mul", ["time", "pitch"], "phase").Node("Sin", ["phase"], "sine")
            .Node("Mul", ["sine", "loud"], "audio").Node("Reshape", ["audio", "shape"], "y").Output("y", OnnxGraph.Float, 1, 1, 0)
            .Meta(
                ("model_type", "vits"), ("sample_rate", "16000"), ("add_blank", "0"), ("n_speakers", "2"), ("language", "English"), ("comment", "tones"),
                ("frontend", "characters"), ("punctuation", ", . ! ?"));
        const string Letters = "_ abcdefghijklmnopqrstuvwxyz.,!?'-0123456789";
        Write(folder, graph.ToBytes(), string.Concat(Letters.Select((c, i) => $"{c} {i}\n")));
    }

    // Real models take their time, and what happens meanwhile is tested: zeros are multiplied, milliseconds long, and added to "quick".
    internal static void TakeTime(OnnxGraph graph, int size) => graph
        .Constant("idle", [size, size], new float[size * size]).Constant("nought", [], 0f)
        .Node("ReduceMax", ["x"], "loudest", ("keepdims", 0)).Node("Mul", ["loudest", "nought"], "still").Node("Add", ["idle", "still"], "left")
        .Node("MatMul", ["left", "left"], "product").Node("ReduceMax", ["product"], "nothing", ("keepdims", 0)).Node("Add", ["quick", "nothing"], "bands");

    internal static void Write(string folder, byte[] model, string tokens)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), model);
        File.WriteAllText(Path.Combine(folder, "tokens.txt"), tokens);
    }

    // A word's band counts for it and the others against it, so that a click, which sounds in all, is none.
    internal static float[] Weights(int rows, int columns, float gain = 1)
    {
        var weights = new float[rows * columns];
        for (var band = 0; band < s_bands.Length; band++)
        {
            var (first, last) = s_bands[band];
            for (var row = first; row < last; row++)
            {
                for (var word = 0; word < s_bands.Length; word++) { weights[row * columns + word + 1] = gain * (word == band ? 1f : -0.5f) / (last - first); }
            }
        }
        return weights;
    }

    internal static float[] Bias(int columns, float gain = 1) => [.. Enumerable.Range(0, columns).Select(c => c == 0 ? 0 : c <= s_bands.Length ? gain * Threshold : -99)];

    internal static string Repeat(string value, int count) => string.Join(',', Enumerable.Repeat(value, count));

    private static short[] Silence(double seconds) => new short[(int)(seconds * AudioMath.SpeechRate)];

    // With a soft begin and end: a hard one sounds in every band.
    private static short[] Tone(double hertz)
    {
        const int Length = (int)(0.6 * AudioMath.SpeechRate), Ramp = AudioMath.SpeechRate / 50;
        return [.. Enumerable.Range(0, Length).Select(i =>
            (short)(10_000 * Math.Min(1.0, Math.Min(i, Length - i) / (double)Ramp) * Math.Sin(2 * Math.PI * hertz * i / AudioMath.SpeechRate)))];
    }
}
