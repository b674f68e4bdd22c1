using Parley.Diagnostics;
using Parley.SherpaOnnx.Asr;
using Parley.SherpaOnnx.Models;
using Parley.SherpaOnnx.Native;
using Parley.SherpaOnnx.Text;
using Parley.SherpaOnnx.Tts;

namespace Parley.SherpaOnnx.Trials;

/// <summary>Loads a model and uses it once.</summary>
internal static class TrialRun
{
    /// <summary>What is written when all went well.</summary>
    public const string Passed = "passed";

    private const int Second = Audio.AudioMath.SpeechRate;

    /// <returns>The exit code: 0 when the model works.</returns>
    public static int Run(string request, TextWriter output, TextWriter errors)
    {
        try
        {
            if (TrialRequest.Parse(request) is not { } trial) { throw new ModelException("No model was named."); }
            var options = trial.ToOptions();
            var model = ModelFolder.Recognize(options);
            if (LibraryLocation.Use(options.Library) is { } fault) { throw new ModelException(fault); }
            Use(model, options);
            output.WriteLine(Passed);
            return 0;
        }
        catch (Exception e) when (e is ModelException or VoiceException or System.Text.Json.JsonException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Use(SherpaModel model, SherpaOptions options)
    {
        if (model.IsSynthesizer) { Speak(model, options); }
        else if (model.IsPunctuation)
        {
            using var punctuator = Punctuator.Load(new SherpaOptions { Punctuation = model.Folder, PreferInt8 = options.PreferInt8 });
            punctuator.Punctuate("hello how are you");
        }
        else if (model.IsStreaming) { ListenOn(model, options); }
        else
        {
            using var listener = new OfflineModel(model, options);
            listener.Decode(Noise(2 * Second), null);
        }
    }

    private static void Speak(SherpaModel model, SherpaOptions options)
    {
        using var speaker = new SpeechModel(model, options);
        var samples = 0;
        speaker.Speak("Hello. 你好。", 0, 1, (audio, _) =>
        {
            samples += audio.Length;
            return true;
        });
        if (samples == 0) { throw new ModelException($"{model.Folder}: the model speaks no word."); }
    }

    private static void ListenOn(SherpaModel model, SherpaOptions options)
    {
        using var listener = new OnlineModel(model, options);
        using var one = listener.Open(null);
        using var other = listener.Open(null);
        OnlineStreamHandle[] both = [one, other];
        foreach (var stream in both)
        {
            OnlineModel.Feed(stream, Noise(2 * Second));
            listener.Finish(stream);
        }
        while (both.Where(listener.IsReady).ToArray() is { Length: > 0 } ready) { listener.Decode(ready); }
        listener.Read(one);
    }

    // The same each time; loud enough to be more than silence to any model.
    private static float[] Noise(int samples)
    {
        var noise = new float[samples];
        uint state = 1;
        for (var i = 0; i < samples; i++)
        {
            state = state * 1_664_525 + 1_013_904_223;
            noise[i] = ((state >> 16) / 65_535f - 0.5f) * 0.2f;
        }
        return noise;
    }
}
