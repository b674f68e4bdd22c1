using Parley.Asr;
using Parley.Diagnostics;
using Parley.SherpaOnnx.Asr;
using Parley.SherpaOnnx.Models;
using Parley.SherpaOnnx.Native;
using Parley.SherpaOnnx.Text;
using Parley.SherpaOnnx.Trials;
using Parley.SherpaOnnx.Tts;
using Parley.Tts;

namespace Parley.SherpaOnnx;

/// <summary>A model folder as the composition root sees it: an engine of the stage that its files tell.</summary>
public static class SherpaEngine
{
    /// <summary>Above the embedded engines: who names a model wants to hear it.</summary>
    public const int Priority = 40;

    /// <summary>The folder's recogniser; null: it holds something else.</summary>
    /// <remarks>A folder that is not recognised is registered for both stages, so that its fault is told wherever it is looked for.</remarks>
    public static EngineRegistration<ISpeechRecognizer>? Recognizer(string name, SherpaOptions options, TimeProvider time) =>
        Look(options).Model is { IsSynthesizer: true } or { IsPunctuation: true } ? null
            : new(name, () => Probe(VoiceStage.Asr, name, options), () => CreateRecognizer(name, options, time), Priority) { Attributes = options.Attributes };

    /// <summary>The folder's synthesiser; null: it holds something else.</summary>
    /// <inheritdoc cref="Recognizer" path="/remarks"/>
    public static EngineRegistration<ISpeechSynthesizer>? Synthesizer(string name, SherpaOptions options, TimeProvider time) =>
        Look(options).Model is { IsSynthesizer: false } ? null
            : new(name, () => Probe(VoiceStage.Tts, name, options), () => CreateSynthesizer(name, options, time), Priority) { Attributes = options.Attributes };

    /// <summary>Looks at the library and the files; loads no model.</summary>
    public static EngineStatus Probe(VoiceStage stage, string name, SherpaOptions options)
    {
        if (LibraryLocation.Use(options.Library) is { } fault) { return new EngineStatus(stage, name, false, "", fault, LibraryLocation.Remedy); }
        var (model, why) = Look(options);
        if (model is null)
        {
            return new EngineStatus(stage, name, false, SherpaLibrary.Version, why, "./parley models check FOLDER says more; ./parley models lists models to download");
        }
        return new EngineStatus(stage, name, true, SherpaLibrary.Version, $"{model.Kind} in {model.Folder}");
    }

    /// <summary>Loads a model and uses it once, in a process of its own.</summary>
    /// <returns>Why it cannot be used; null: it can.</returns>
    public static string? Try(SherpaModel model, SherpaOptions options)
    {
        if (LibraryLocation.Use(options.Library) is { } fault) { return $"{fault} {LibraryLocation.Remedy}"; }
        try
        {
            ModelTrial.Require(model, options);
            return null;
        }
        catch (ModelException e)
        {
            return e.Message;
        }
    }

    /// <exception cref="VoiceException">The library or the model cannot be used; the message says why.</exception>
    internal static ISpeechRecognizer CreateRecognizer(string name, SherpaOptions options, TimeProvider time)
    {
        var model = Require(VoiceStage.Asr, options);
        return model.IsStreaming ? new StreamingRecognizer(name, model, options, time) : new UtteranceRecognizer(name, model, options, time);
    }

    /// <inheritdoc cref="CreateRecognizer"/>
    internal static SherpaSynthesizer CreateSynthesizer(string name, SherpaOptions options, TimeProvider time) =>
        new(name, Require(VoiceStage.Tts, options), options, time);

    private static SherpaModel Require(VoiceStage stage, SherpaOptions options)
    {
        if (LibraryLocation.Use(options.Library) is { } fault) { throw new VoiceException(stage, $"{fault} {LibraryLocation.Remedy}") { Class = FailureClass.Resource }; }
        try
        {
            var model = ModelFolder.Recognize(options);
            LanguageTags.Learn(options, model);
            ModelTrial.Require(model, options);
            if (options.Punctuation is not null) { ModelTrial.Require(Punctuator.Recognize(options), options); }
            return model;
        }
        catch (ModelException e)
        {
            throw new VoiceException(stage, e.Message, inner: e) { Class = FailureClass.Resource };
        }
    }

    private static (SherpaModel? Model, string Why) Look(SherpaOptions options)
    {
        try
        {
            var model = ModelFolder.Recognize(options);
            LanguageTags.Learn(options, model);
            if (options.Punctuation is not null) { Punctuator.Recognize(options); }
            return (model, "");
        }
        catch (Exception e) when (e is ModelException or IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }
}
