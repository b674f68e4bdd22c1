namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>Models of punctuation that know a few words, and a table of what follows each.</summary>
internal static class PunctuationModels
{
    /// <summary>A CT transformer. After "low", "hello" and "好" goes a comma, after "you" and "吗" a question mark.</summary>
    public static void WritePlain(string folder)
    {
        string[] words = ["<unk>", "low", "hello", "you", "好", "吗"];
        string[] marks = ["<unk>", "_", "，", "。", "？", "、"];
        int[] follows = [1, 2, 2, 4, 2, 4];
        var graph = new OnnxGraph().Input("text", OnnxGraph.Int32, 1, 0).Input("length", OnnxGraph.Int32, 1)
            .Constant("table", [words.Length, marks.Length], OneHot(follows, marks.Length)).Node("Gather", ["table", "text"], "logits", ("axis", 0))
            .Output("logits", OnnxGraph.Float, 1, 0, marks.Length)
            .Meta(("tokens", string.Join('|', words)), ("vocab_size", $"{words.Length}"), ("punctuations", string.Join('|', marks)), ("unk_symbol", "<unk>"));
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), graph.ToBytes());
    }

    /// <summary>One for English: "low" and "hello" are capital and have a comma, "high" ends a sentence and "you" a question.</summary>
    public static void WriteCasing(string folder)
    {
        string[] pieces = ["<unk>", "<s>", "</s>", "▁low", "▁mid", "▁high", "▁hello", "▁you", "▁", .. "abcdefghijklmnopqrstuvwxyz'".Select(c => $"{c}")];
        var (cases, marks) = (new int[pieces.Length], new int[pieces.Length]);
        (cases[3], cases[6], marks[3], marks[6], marks[5], marks[7]) = (2, 2, 1, 1, 2, 3);
        var graph = new OnnxGraph().Input("tokens", OnnxGraph.Int32, 0, 200).Input("valid", OnnxGraph.Int32, 0, 200)
            .Input("lengths", OnnxGraph.Int32, 0)
            .Constant("flat", [1], -1L).Constant("cases", [pieces.Length, 4], OneHot(cases, 4))
            .Constant("marks", [pieces.Length, 4], OneHot(marks, 4)).Constant("begin", [], 1L).Constant("end", [], 2L)
            .Node("Reshape", ["tokens", "flat"], "line").Node("Cast", ["line"], "ids", ("to", OnnxGraph.Int64))
            .Node("Reshape", ["valid", "flat"], "firsts").Node("Cast", ["firsts"], "is_first", ("to", OnnxGraph.Bool))
            .Node("Equal", ["ids", "begin"], "is_begin").Node("Equal", ["ids", "end"], "is_end").Node("Or", ["is_begin", "is_end"], "is_edge")
            .Node("Not", ["is_edge"], "is_text").Node("And", ["is_first", "is_text"], "is_word")
            .Node("Compress", ["ids", "is_word"], "words", ("axis", 0)).Node("Gather", ["cases", "words"], "case_logits", ("axis", 0))
            .Node("Gather", ["marks", "words"], "mark_logits", ("axis", 0))
            .Output("case_logits", OnnxGraph.Float, 0, 4).Output("mark_logits", OnnxGraph.Float, 0, 4)
            .Meta(("COMMA", "1"), ("PERIOD", "2"), ("QUESTION", "3"), ("UPPER", "1"), ("CAP", "2"), ("MIX_CASE", "3"));
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), graph.ToBytes());
        File.WriteAllText(Path.Combine(folder, "bpe.vocab"), string.Concat(pieces.Select((p, i) => $"{p}\t{-i}\n")));
    }

    private static float[] OneHot(int[] choices, int count)
    {
        var rows = new float[choices.Length * count];
        for (var i = 0; i < choices.Length; i++) { rows[i * count + choices[i]] = 1; }
        return rows;
    }
}
