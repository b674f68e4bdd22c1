using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parley.Diagnostics;
using Parley.SherpaOnnx.Models;
using Parley.SherpaOnnx.Native;

namespace Parley.SherpaOnnx.Tts;

/// <summary>A loaded synthesiser. One thread at a time.</summary>
internal sealed unsafe class SpeechModel : IDisposable
{
    private const float SilenceScale = 0.2f;

    private readonly TtsHandle _handle;

    /// <exception cref="VoiceException">The library refuses the model.</exception>
    public SpeechModel(SherpaModel model, SherpaOptions options)
    {
        using var strings = new NativeStrings();
        var config = Configure(model, options, strings);
        _handle = SherpaLibrary.CreateTts(config);
        if (_handle.IsInvalid) { throw new VoiceException(VoiceStage.Tts, $"sherpa-onnx refuses the model in {model.Folder}.") { Class = FailureClass.Resource }; }
        SampleRate = SherpaLibrary.SampleRate(_handle);
        Speakers = Math.Max(1, SherpaLibrary.SpeakerCount(_handle));
    }

    public int SampleRate { get; }

    public int Speakers { get; }

    /// <summary>Takes the audio of a sentence.</summary>
    /// <param name="samples">±1; gone when this returns.</param>
    /// <param name="progress">The share of the text that is spoken with it, up to 1.</param>
    /// <returns>False: speak no further.</returns>
    public delegate bool Listener(ReadOnlySpan<float> samples, float progress);

    /// <summary>Speaks a text, sentence by sentence.</summary>
    public void Speak(string text, int speaker, double speed, Listener listener)
    {
        var config = new GenerationConfig { SilenceScale = SilenceScale, Speed = (float)speed, Speaker = speaker };
        var call = new Call(listener);
        var self = GCHandle.Alloc(call);
        try
        {
            var audio = SherpaLibrary.Generate(_handle, text, config, &Heard, GCHandle.ToIntPtr(self));
            if (audio != 0) { SherpaLibrary.DestroyAudio(audio); }
        }
        finally
        {
            self.Free();
        }
        if (call.Fault is { } fault) { throw new VoiceException(VoiceStage.Tts, "The speech could not be taken from the engine.", inner: fault); }
    }

    public void Dispose() => _handle.Dispose();

    internal static TtsConfig Configure(SherpaModel model, SherpaOptions options, NativeStrings strings)
    {
        nint Extra(string role) => strings.Copy(model.Extras.GetValueOrDefault(role));
        var config = new TtsConfig
        {
            Threads = options.Threads,
            Provider = strings.Copy("cpu"),
            RuleFsts = Extra("rules"),
            MaxSentences = 1, // audio comes sentence by sentence
            SilenceScale = SilenceScale,
        };
        var (network, tokens, data) = (strings.Copy(model.Networks["model"]), strings.Copy(model.Tokens), Extra("espeak-ng-data"));
        switch (model.Kind)
        {
            case SherpaModelKind.Kokoro:
                (config.KokoroModel, config.KokoroVoices, config.KokoroTokens) = (network, Extra("voices"), tokens);
                (config.KokoroData, config.KokoroLexicon) = (data, Extra("lexicon"));
                config.KokoroLanguage = strings.Copy(KokoroLanguage(model, options));
                break;
            case SherpaModelKind.Matcha:
                (config.MatchaModel, config.MatchaVocoder, config.MatchaTokens) = (network, strings.Copy(model.Networks["vocoder"]), tokens);
                (config.MatchaData, config.MatchaLexicon) = (data, Extra("lexicon"));
                break;
            default:
                (config.VitsModel, config.VitsTokens, config.VitsData) = (network, tokens, data);
                config.VitsLexicon = data == 0 ? Extra("lexicon") : 0;
                break;
        }
        return config;
    }

    /// <summary>The rules of eSpeak NG by which a Kokoro of many languages reads the one that is configured; null: those that the model names.</summary>
    private static string? KokoroLanguage(SherpaModel model, SherpaOptions options) => options.Attributes.Languages is not [var only] ? null
        : only.Equals("en-GB", StringComparison.OrdinalIgnoreCase) ? "en" // the British one
        : ModelLanguages.Forced(options) is var language && model.Languages.Contains(language) ? null
        : language == "pt" ? "pt-br" : language;

    // No exception may cross the library's frames.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Heard(float* samples, int count, float progress, nint argument)
    {
        var call = (Call)GCHandle.FromIntPtr(argument).Target!;
        try
        {
            return call.Listener(new ReadOnlySpan<float>(samples, count), progress) ? 1 : 0;
        }
#pragma warning disable CA1031 // It is thrown again on the near side.
        catch (Exception e)
#pragma warning restore CA1031
        {
            call.Fault = e;
            return 0;
        }
    }

    private sealed class Call(Listener listener)
    {
        public Listener Listener { get; } = listener;

        public Exception? Fault { get; set; }
    }
}
