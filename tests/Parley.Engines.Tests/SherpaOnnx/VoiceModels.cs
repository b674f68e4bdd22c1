using System.Runtime.InteropServices;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>Voices that read phones of eSpeak NG, whose data the system must have: a sine, as long as its text.</summary>
internal static class VoiceModels
{
    private const string Data = "/usr/lib/x86_64-linux-gnu/espeak-ng-data";
    private const string Phones = "_^$ abcdefhijklmnopqrstuvwxyzɐɑɒɔəɚɛɜɝɡɪɫɹɾʃʊʌʒʔθæðŋɬᵻᵊaɪʊeoː̩ˈˌ.,!?;:'-–—()\"“”…0123456789";

    /// <summary>Skips the test where there are no data of eSpeak NG.</summary>
    public static void RequireData() => Assert.SkipUnless(Directory.Exists(Data), $"There is no {Data}: apt-get install espeak-ng-data");

    /// <summary>A Kokoro with two voices, "ana" and, twice as high, "ben".</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="lexicons">Pronunciations by file name; with them it is one of several languages.</param>
    public static void WriteKokoro(string folder, params (string File, string Lines)[] lexicons)
    {
        const int Lengths = 60, Style = 4;
        var graph = new OnnxGraph().Input("tokens", OnnxGraph.Int64, 1, 0).Input("style", OnnxGraph.Float, 1, Style)
            .Input("speed", OnnxGraph.Float, 1)
            .Constant("phone", [1], 1800f).Constant("second", [1], 1L).Constant("loud", [1], 0.3f);
        Count(graph, "tokens").Node("Mul", ["count", "phone"], "plain").Node("Div", ["plain", "speed"], "length")
            .Node("ReduceMean", ["style"], "pitch", ("keepdims", 0));
        Sine(graph, [-1]).Output("audio", OnnxGraph.Float, 0)
            .Meta(
                ("model_type", "kokoro"), ("language", lexicons.Length == 0 ? "English" : "multi-lang, e.g., English, Chinese"), ("has_espeak", "1"), ("sample_rate", "24000"),
                ("version", lexicons.Length == 0 ? "1" : "2"), ("voice", "en-us"), ("style_dim", $"{Lengths},1,{Style}"), ("n_speakers", "2"), ("speaker_names", "ana,ben"));
        Save(folder, ("model.onnx", graph));
        float[] voices = [.. Enumerable.Repeat(0.05f, Lengths * Style), .. Enumerable.Repeat(0.1f, Lengths * Style)];
        File.WriteAllBytes(Path.Combine(folder, "voices.bin"), MemoryMarshal.AsBytes<float>(voices).ToArray());
        foreach (var (file, lines) in lexicons) { File.WriteAllText(Path.Combine(folder, file), lines); }
    }

    /// <summary>A Matcha with a HiFi-GAN or a Vocos behind it.</summary>
    public static void WriteMatcha(string folder, bool vocos)
    {
        const int Mels = 80, Bins = 513;
        var model = new OnnxGraph().Input("x", OnnxGraph.Int64, 1, 0).Input("x_length", OnnxGraph.Int64, 1).Input("noise_scale", OnnxGraph.Float, 1)
            .Input("length_scale", OnnxGraph.Float, 1)
            .Constant("frames", [1], 3f).Constant("level", [1, 1, 1], 1f).Constant("mels", [2], 1L, Mels);
        Count(model, "x").Node("Mul", ["count", "frames"], "plain").Node("Mul", ["plain", "length_scale"], "scaled")
            .Node("Cast", ["scaled"], "whole", ("to", OnnxGraph.Int64))
            .Node("Concat", ["mels", "whole"], "shape", ("axis", 0)).Node("Expand", ["level", "shape"], "mel")
            .Output("mel", OnnxGraph.Float, 1, Mels, 0)
            .Meta(
                ("model_type", "matcha-tts"), ("language", "English"), ("voice", "en-us"), ("has_espeak", "1"), ("jieba", "0"), ("n_speakers", "1"), ("sample_rate", "22050"),
                ("version", "1"), ("pad_id", "0"), ("use_icefall", "1"), ("use_eos_bos", "1"), ("num_ode_steps", "3"));
        var vocoder = new OnnxGraph().Input("mel", OnnxGraph.Float, 1, Mels, 0).Constant("third", [1], 2L);
        if (vocos)
        {
            var spectrum = new float[Bins];
            spectrum[20] = 150; // five periods a hop: all frames fit together
            vocoder.Constant("spectrum", [1, Bins, 1], spectrum).Constant("bins", [2], 1L, Bins).Node("Shape", ["mel"], "dimensions")
                .Node("Gather", ["dimensions", "third"], "frames")
                .Node("Concat", ["bins", "frames"], "shape", ("axis", 0)).Node("Expand", ["spectrum", "shape"], "mag")
                .Node("Sub", ["mag", "mag"], "y").Node("Cos", ["y"], "x")
                .Output("mag", OnnxGraph.Float, 1, Bins, 0).Output("x", OnnxGraph.Float, 1, Bins, 0).Output("y", OnnxGraph.Float, 1, Bins, 0)
                .Meta(("model_type", "vocos"), ("n_fft", "1024"), ("hop_length", "256"), ("win_length", "1024"), ("center", "1"), ("normalized", "0"), ("window_type", "hann"), ("pad_mode", "reflect"));
        }
        else
        {
            vocoder.Constant("hop", [1], 256f).Constant("pitch", [], 0.1f).Constant("loud", [1], 0.3f).Node("Shape", ["mel"], "dimensions")
                .Node("Gather", ["dimensions", "third"], "frames")
                .Node("Cast", ["frames"], "count", ("to", OnnxGraph.Float)).Node("Mul", ["count", "hop"], "length");
            Sine(vocoder, [1, 1, -1]).Output("audio", OnnxGraph.Float, 1, 1, 0)
                .Meta(("model_type", "hifigan"), ("model_filename", "tones"), ("sample_rate", "22050"));
        }
        Save(folder, ("model-steps-3.onnx", model), (vocos ? "vocos-22khz-univ.onnx" : "hifigan_v2.onnx", vocoder));
    }

    private static OnnxGraph Count(OnnxGraph graph, string tokens) => graph.Constant("second_axis", [1], 1L)
        .Node("Shape", [tokens], "token_shape").Node("Gather", ["token_shape", "second_axis"], "token_count")
        .Node("Cast", ["token_count"], "count", ("to", OnnxGraph.Float));

    // From "length" and "pitch" to "audio".
    private static OnnxGraph Sine(OnnxGraph graph, long[] shape) => graph
        .Constant("axis", [1], 0L).Constant("begin", [], 0L).Constant("step", [], 1L).Constant("audio_shape", [shape.Length], shape)
        .Node("Cast", ["length"], "total", ("to", OnnxGraph.Int64)).Node("Squeeze", ["total", "axis"], "samples")
        .Node("Range", ["begin", "samples", "step"], "index")
        .Node("Cast", ["index"], "time", ("to", OnnxGraph.Float)).Node("Mul", ["time", "pitch"], "phase").Node("Sin", ["phase"], "sine")
        .Node("Mul", ["sine", "loud"], "line")
        .Node("Reshape", ["line", "audio_shape"], "audio");

    private static void Save(string folder, params (string File, OnnxGraph Graph)[] networks)
    {
        Directory.CreateDirectory(folder);
        foreach (var (file, graph) in networks) { File.WriteAllBytes(Path.Combine(folder, file), graph.ToBytes()); }
        File.WriteAllText(Path.Combine(folder, "tokens.txt"), string.Concat(Phones.EnumerateRunes().Distinct().Select((p, i) => $"{p} {i}\n")));
        Directory.CreateSymbolicLink(Path.Combine(folder, "espeak-ng-data"), Data);
    }
}
