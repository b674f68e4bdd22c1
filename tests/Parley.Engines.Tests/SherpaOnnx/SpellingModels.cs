using System.Text;
using static Parley.Engines.Tests.SherpaOnnx.ToneModels;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>Models of the tones of <see cref="ToneModels"/> that write token after token, and no blank between: Whisper, Moonshine and Paraformer.</summary>
internal static class SpellingModels
{
    /// <summary>A Whisper. One of several languages writes "low mid high" in English and "tief mittel hoch" in German, and hears German where it is not told.</summary>
    public static void WriteWhisper(string folder, bool languages)
    {
        const int Ids = 15, End = 7, German = 10;
        var encoder = new OnnxGraph().Input("x", OnnxGraph.Float, 1, Bands, 0)
            .Constant("weights", [Vocabulary, Bands], Turned(Weights(Bands, Vocabulary), Bands, Vocabulary))
            .Constant("bias", [Vocabulary, 1], 0f, -0.15f, -0.15f, -0.15f)
            .Node("MatMul", ["weights", "x"], "raw").Node("Add", ["raw", "bias"], "quick");
        TakeTime(encoder, 200); // its features take time themselves
        Collapse(encoder, axis: 1).Node("Identity", ["words"], "same").Output("words", OnnxGraph.Int64, 0).Output("same", OnnxGraph.Int64, 0)
            .Meta(
                ("model_type", languages ? "whisper-tones" : "whisper-tones.en"), ("n_mels", $"{Bands}"), ("n_text_layer", "1"), ("n_text_ctx", "32"), ("n_text_state", "1"),
                ("n_vocab", $"{Ids}"), ("sot", "8"), ("eot", $"{End}"), ("blank_id", "0"), ("translate", "12"), ("transcribe", "11"), ("no_timestamps", "13"), ("no_speech", "14"),
                ("is_multilingual", languages ? "1" : "0"), ("sot_sequence", languages ? "8,9,11" : "8"));
        if (languages) { encoder.Meta(("all_language_tokens", $"9,{German}"), ("all_language_codes", "en,de")); }
        var hint = new float[Ids];
        hint[German] = 0.5f;
        // The word's place is told by where the text stands; the language, once heard, is kept in the state.
        var decoder = new OnnxGraph()
            .Input("tokens", OnnxGraph.Int64, 1, 0).Input("k", OnnxGraph.Float, 1, 1, 32, 1).Input("v", OnnxGraph.Float, 1, 1, 32, 1)
            .Input("words", OnnxGraph.Int64, 0).Input("same", OnnxGraph.Int64, 0).Input("offset", OnnxGraph.Int64, 1)
            .Constant("second", [], 1L).Constant("prefix", [1], languages ? 4L : 2L).Constant("zero", [1], 0L).Constant("end", [1], End)
            .Constant("german", [1], (long)German)
            .Constant("translated", [8], 0L, 4L, 5L, 6L, 4L, 5L, 6L, End).Constant("ids", [], (long)Ids).Constant("values", [2], 0f, 1f)
            .Constant("hint", [Ids], hint)
            .Node("Shape", ["tokens"], "shape").Node("Gather", ["shape", "second"], "given").Node("Add", ["offset", "given"], "written")
            .Node("Sub", ["written", "prefix"], "ahead")
            .Node("Max", ["ahead", "zero"], "from").Node("Shape", ["words"], "count").Node("Min", ["from", "count"], "place")
            .Node("Concat", ["words", "end"], "ended", ("axis", 0)).Node("Gather", ["ended", "place"], "word")
            .Node("Equal", ["tokens", "german"], "is_german").Node("Cast", ["is_german"], "told", ("to", OnnxGraph.Float))
            .Node("ReduceMax", ["told"], "now", ("keepdims", 0))
            .Node("ReduceMax", ["k"], "before", ("keepdims", 0)).Node("Max", ["now", "before"], "speaks").Node("Add", ["k", "speaks"], "new_k")
            .Node("Identity", ["v"], "new_v")
            .Node("Cast", ["speaks"], "foreign", ("to", OnnxGraph.Bool)).Node("Gather", ["translated", "word"], "other")
            .Node("Where", ["foreign", "other", "word"], "next")
            .Node("OneHot", ["next", "ids", "values"], "chosen").Node("Add", ["chosen", "hint"], "row").Node("Unsqueeze", ["row", "zero"], "logits")
            .Output("logits", OnnxGraph.Float, 1, 1, Ids).Output("new_k", OnnxGraph.Float, 1, 1, 32, 1).Output("new_v", OnnxGraph.Float, 1, 1, 32, 1);
        string[] texts = ["?", " low", " mid", " high", " tief", " mittel", " hoch"];
        Save(folder, ("tiny-encoder.onnx", encoder), ("tiny-decoder.onnx", decoder));
        File.WriteAllText(
            Path.Combine(folder, "tiny-tokens.txt"), string.Concat(texts.Select((t, i) => $"{Convert.ToBase64String(Encoding.UTF8.GetBytes(t))} {i}\n")));
    }

    /// <summary>A Paraformer for whole utterances: "high" is two tokens, and each has its time.</summary>
    public static void WriteParaformer(string folder)
    {
        const int Inputs = 7 * Bands, Ids = 6;
        var graph = new OnnxGraph().Input("x", OnnxGraph.Float, 0, 0, Inputs).Input("x_length", OnnxGraph.Int32, 0)
            .Constant("weights", [Inputs, Vocabulary], Weights(Inputs, Vocabulary)).Constant("bias", [Vocabulary], Bias(Vocabulary))
            .Node("MatMul", ["x", "weights"], "raw").Node("Add", ["raw", "bias"], "quick");
        TakeTime(graph, 400);
        Collapse(graph, axis: 2)
            .Constant("pieces", [4, 2], 0L, 0L, 1L, 0L, 2L, 0L, 3L, 4L).Constant("ids", [], (long)Ids).Constant("values", [2], 0f, 1f)
            .Constant("first", [1], 0L)
            .Constant("last", [], 3L).Constant("column", [2], -1L, 1L).Constant("peak", [1], 1f).Constant("row", [1], 1L)
            .Node("Gather", ["pieces", "words"], "pairs", ("axis", 0)).Node("Reshape", ["pairs", "flat"], "list")
            .Node("Equal", ["list", "none"], "left_out").Node("Not", ["left_out"], "kept")
            .Node("Compress", ["list", "kept"], "written", ("axis", 0)).Node("OneHot", ["written", "ids", "values"], "rows")
            .Node("Unsqueeze", ["rows", "first"], "logits")
            .Node("Shape", ["written"], "shape").Node("Cast", ["shape"], "token_num", ("to", OnnxGraph.Int32))
            // Three places a frame: a word begins at the first, the second piece of one at the second, and a last one ends it all.
            .Node("Cast", ["begins"], "beginning", ("to", OnnxGraph.Float)).Node("Reshape", ["beginning", "column"], "one")
            .Node("Equal", ["heard", "last"], "is_high")
            .Node("And", ["is_high", "begins"], "goes_on").Node("Cast", ["goes_on"], "going_on", ("to", OnnxGraph.Float))
            .Node("Reshape", ["going_on", "column"], "two")
            .Node("Sub", ["one", "one"], "three").Node("Concat", ["one", "two", "three"], "places", ("axis", 1))
            .Node("Reshape", ["places", "flat"], "line")
            .Node("Concat", ["line", "peak"], "peaks", ("axis", 0)).Node("Unsqueeze", ["peaks", "first"], "us_cif_peak")
            .Node("Identity", ["us_cif_peak"], "us_alphas")
            .Output("logits", OnnxGraph.Float, 0, 0, Ids).Output("token_num", OnnxGraph.Int32, 1).Output("us_alphas", OnnxGraph.Float, 1, 0)
            .Output("us_cif_peak", OnnxGraph.Float, 1, 0)
            .Meta(
                ("model_type", "paraformer"), ("vocab_size", $"{Ids}"), ("lfr_window_size", "7"), ("lfr_window_shift", "6"),
                ("neg_mean", Repeat("0", Inputs)), ("inv_stddev", Repeat("1", Inputs)));
        Write(folder, graph.ToBytes(), "<blank> 0\nlow 1\nmid 2\nhi@@ 3\ngh 4\n</s> 5\n");
    }

    /// <summary>A streaming Paraformer. A word is written where it ends.</summary>
    public static void WriteStreamingParaformer(string folder)
    {
        const int Inputs = 7 * Bands, Size = Vocabulary;
        var encoder = new OnnxGraph().Input("x", OnnxGraph.Float, 1, 0, Inputs).Input("x_length", OnnxGraph.Int32, 1)
            .Constant("weights", [Inputs, Vocabulary], Weights(Inputs, Vocabulary)).Constant("bias", [Vocabulary], Bias(Vocabulary, 2))
            .Node("MatMul", ["x", "weights"], "raw").Node("Add", ["raw", "bias"], "quick");
        TakeTime(encoder, 500);
        Collapse(encoder, axis: 2)
            .Constant("first", [1], 0L).Constant("after", [1], 1L).Constant("end", [1], long.MaxValue).Constant("size", [], (long)Size)
            .Constant("values", [2], 0f, 1f)
            .Node("Slice", ["heard", "after", "end", "first"], "rest").Node("Concat", ["rest", "none"], "follows", ("axis", 0))
            .Node("Equal", ["heard", "follows"], "lasts")
            .Node("Not", ["lasts"], "ends").Node("And", ["ends", "sounds"], "fires").Node("Cast", ["fires"], "weight", ("to", OnnxGraph.Float))
            .Node("Unsqueeze", ["weight", "first"], "alpha")
            .Node("OneHot", ["heard", "size", "values"], "rows").Node("Unsqueeze", ["rows", "first"], "encoder_out")
            .Node("Identity", ["x_length"], "encoder_out_len")
            .Output("encoder_out", OnnxGraph.Float, 1, 0, Size).Output("encoder_out_len", OnnxGraph.Int32, 1).Output("alpha", OnnxGraph.Float, 1, 0)
            .Meta(
                ("model_type", "paraformer"), ("vocab_size", $"{Vocabulary}"), ("lfr_window_size", "7"), ("lfr_window_shift", "6"), ("encoder_output_size", $"{Size}"),
                ("decoder_num_blocks", "1"), ("decoder_kernel_size", "3"), ("neg_mean", Repeat("0", Inputs)), ("inv_stddev", Repeat("1", Inputs)));
        var decoder = new OnnxGraph()
            .Input("encoder_out", OnnxGraph.Float, 1, 0, Size).Input("encoder_out_len", OnnxGraph.Int32, 1)
            .Input("embedding", OnnxGraph.Float, 1, 0, Size)
            .Input("embedding_len", OnnxGraph.Int32, 1).Input("state", OnnxGraph.Float, 1, Size, 2)
            .Node("Identity", ["embedding"], "logits").Node("ArgMax", ["embedding"], "sample_ids", ("axis", 2), ("keepdims", 0))
            .Node("Identity", ["state"], "new_state")
            .Output("logits", OnnxGraph.Float, 1, 0, Size).Output("sample_ids", OnnxGraph.Int64, 1, 0)
            .Output("new_state", OnnxGraph.Float, 1, Size, 2);
        Save(folder, ("encoder.onnx", encoder), ("decoder.onnx", decoder));
        File.WriteAllText(Path.Combine(folder, "tokens.txt"), "<blank> 0\nlow 1\nmid 2\nhigh 3\n");
    }

    /// <summary>A Moonshine: it takes the waveform, and finds the three tones by their sines.</summary>
    public static void WriteMoonshine(string folder)
    {
        const int Frame = 384, Ids = 6;
        double[] tones = [300, 1200, 4500];
        var waves = new float[Frame * 6];
        for (var i = 0; i < Frame; i++)
        {
            for (var tone = 0; tone < 3; tone++)
            {
                var (sine, cosine) = Math.SinCos(2 * Math.PI * tones[tone] * i / Parley.Audio.AudioMath.SpeechRate);
                (waves[i * 6 + tone], waves[i * 6 + 3 + tone]) = ((float)sine, (float)cosine);
            }
        }
        var preprocess = new OnnxGraph().Input("x", OnnxGraph.Float, 1, 0)
            .Constant("zero", [1], 0L).Constant("one", [1], 1L).Constant("two", [1], 2L).Constant("frame", [1], Frame)
            .Constant("shape", [3], 1L, -1L, Frame).Constant("waves", [Frame, 6], waves)
            .Constant("pairs", [4], 1L, -1L, 2L, 3L).Constant("sum", [1, 1, 1, 2], 1f, 1f)
            .Node("Shape", ["x"], "dimensions").Node("Slice", ["dimensions", "one", "two", "zero"], "samples")
            .Node("Div", ["samples", "frame"], "frames").Node("Mul", ["frames", "frame"], "whole")
            .Node("Slice", ["x", "zero", "whole", "one"], "cut").Node("Reshape", ["cut", "shape"], "framed")
            .Node("MatMul", ["framed", "waves"], "parts").Node("Mul", ["parts", "parts"], "squares")
            .Node("Reshape", ["squares", "pairs"], "paired").Node("MatMul", ["sum", "paired"], "power").Output("power", OnnxGraph.Float, 1, 0, 1, 3);
        var encode = new OnnxGraph().Input("x", OnnxGraph.Float, 1, 0, 1, 3).Input("x_length", OnnxGraph.Int32, 1)
            .Constant("shape", [3], 1L, -1L, 3L).Constant("silence", [1, 1, 1], 300f).Constant("one", [1], 1L).Constant("zero", [1], 0L)
            .Constant("two", [1], 2L).Constant("third", [1], 1L)
            .Node("Reshape", ["x", "shape"], "tones").Node("Slice", ["tones", "zero", "one", "two"], "low").Node("Sub", ["low", "low"], "nil")
            .Node("Add", ["nil", "silence"], "quiet")
            .Node("Concat", ["quiet", "tones"], "quick", ("axis", 2));
        TakeTime(encode, 400);
        Collapse(encode, axis: 2)
            .Node("Add", ["words", "two"], "written").Node("Sub", ["heard", "heard"], "nothing_heard").Node("Add", ["nothing_heard", "two"], "ends")
            .Node("Concat", ["written", "ends"], "text", ("axis", 0))
            .Node("Unsqueeze", ["text", "zero"], "encoder_out").Output("encoder_out", OnnxGraph.Int64, 1, 0);
        Save(folder, ("preprocess.onnx", preprocess), ("encode.onnx", encode), ("uncached_decode.onnx", Decoder(false)), ("cached_decode.onnx", Decoder(true)));
        File.WriteAllText(Path.Combine(folder, "tokens.txt"), "<unk> 0\n<s> 1\n</s> 2\n▁low 3\n▁mid 4\n▁high 5\n");

        OnnxGraph Decoder(bool cached)
        {
            var graph = new OnnxGraph().Input("tokens", OnnxGraph.Int32, 1, 1).Input("encoder_out", OnnxGraph.Int64, 1, 0)
                .Input("length", OnnxGraph.Int32, 1);
            if (cached) { graph.Input("state", OnnxGraph.Int32, 1, 1); }
            return graph.Constant("one", [1], 1L).Constant("ids", [], (long)Ids).Constant("values", [2], -10f, 10f)
                .Node("Cast", ["length"], "long", ("to", OnnxGraph.Int64)).Node("Sub", ["long", "one"], "place")
                .Node("Gather", ["encoder_out", "place"], "next", ("axis", 1))
                .Node("OneHot", ["next", "ids", "values"], "logits").Node("Identity", ["tokens"], "new_state")
                .Output("logits", OnnxGraph.Float, 1, 1, Ids).Output("new_state", OnnxGraph.Int32, 1, 1);
        }
    }

    // From scores of each frame, "bands", to "words": what is heard, each once.
    private static OnnxGraph Collapse(OnnxGraph graph, long axis) => graph
        .Constant("flat", [1], -1L).Constant("none", [1], 0L)
        .Node("ArgMax", ["bands"], "best", ("axis", axis), ("keepdims", 0)).Node("Reshape", ["best", "flat"], "heard")
        .Node("Slice", ["heard", "none", "flat", "none"], "earlier").Node("Concat", ["none", "earlier"], "precedes", ("axis", 0))
        .Node("Equal", ["heard", "precedes"], "stays").Node("Not", ["stays"], "changes").Node("Equal", ["heard", "none"], "is_silent")
        .Node("Not", ["is_silent"], "sounds")
        .Node("And", ["changes", "sounds"], "begins").Node("Compress", ["heard", "begins"], "words", ("axis", 0));

    private static float[] Turned(float[] values, int rows, int columns) => [.. Enumerable.Range(0, rows * columns).Select(i => values[i % rows * columns + i / rows])];

    private static void Save(string folder, params (string File, OnnxGraph Graph)[] networks)
    {
        Directory.CreateDirectory(folder);
        foreach (var (file, graph) in networks) { File.WriteAllBytes(Path.Combine(folder, file), graph.ToBytes()); }
    }
}
