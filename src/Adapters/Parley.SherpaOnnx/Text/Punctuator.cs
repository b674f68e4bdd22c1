using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Parley.Diagnostics;
using Parley.SherpaOnnx.Models;
using Parley.SherpaOnnx.Native;

namespace Parley.SherpaOnnx.Text;

/// <summary>Puts punctuation, and for English the case too, into transcripts of recognisers that write none. Thread-safe; one text at a time.</summary>
public sealed partial class Punctuator : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PunctuationHandle? _plain;
    private readonly OnlinePunctuationHandle? _casing;

    private Punctuator(SherpaModel model, int threads)
    {
        using var strings = new NativeStrings();
        var (file, cpu) = (strings.Copy(model.Networks["model"]), strings.Copy("cpu"));
        if (model.Kind == SherpaModelKind.CasingPunctuation)
        {
            _casing = SherpaLibrary.CreateOnlinePunctuation(new OnlinePunctuationConfig
            {
                CnnBiLstm = file, BpeVocab = strings.Copy(model.Extras["bpe.vocab"]), Threads = threads, Provider = cpu,
            });
        }
        else
        {
            _plain = SherpaLibrary.CreatePunctuation(new PunctuationConfig { CtTransformer = file, Threads = threads, Provider = cpu });
        }
        if (_casing?.IsInvalid ?? _plain!.IsInvalid) { throw new VoiceException(VoiceStage.Asr, $"sherpa-onnx refuses the model in {model.Folder}."); }
    }

    /// <summary>Loads the model that <see cref="SherpaOptions.Punctuation"/> names.</summary>
    /// <exception cref="VoiceException">It is none, or cannot be loaded.</exception>
    public static Punctuator Load(SherpaOptions options)
    {
        try
        {
            return new Punctuator(Recognize(options), options.Threads);
        }
        catch (ModelException e)
        {
            throw new VoiceException(VoiceStage.Asr, e.Message, inner: e) { Class = FailureClass.Resource };
        }
    }

    /// <returns>The text with punctuation; as it was where the model makes nothing of it, or is disposed.</returns>
    public string Punctuate(string text)
    {
        lock (_gate)
        {
            if (_casing?.IsClosed ?? _plain!.IsClosed) { return text; }
            // The model for English was taught with small letters.
            var written = _casing is not null ? SherpaLibrary.Punctuate(_casing, text.ToLowerInvariant()) : SherpaLibrary.Punctuate(_plain!, text);
            if (written == 0) { return text; }
            try
            {
                return Marshal.PtrToStringUTF8(written) is { Length: > 0 } marked ? Westernize(marked) : text;
            }
            finally
            {
                if (_casing is not null) { SherpaLibrary.FreeOnlinePunctuated(written); }
                else { SherpaLibrary.FreePunctuated(written); }
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _plain?.Dispose();
            _casing?.Dispose();
        }
    }

    /// <summary>The model for two languages knows Chinese marks alone; after a Latin word they become the marks of that script.</summary>
    private static string Westernize(string text) => MarkAfterLatin().Replace(text, mark =>
    {
        var western = mark.ValueSpan[0] switch { '，' or '、' => ",", '。' => ".", _ => "?" };
        return mark.Index + 1 == text.Length || char.IsWhiteSpace(text[mark.Index + 1]) ? western : western + " ";
    });

    [GeneratedRegex(@"(?<=[A-Za-z0-9'\u00C0-\u024F])[，、。？]")]
    private static partial Regex MarkAfterLatin();

    internal static SherpaModel Recognize(SherpaOptions options)
    {
        var model = ModelFolder.Recognize(new SherpaOptions { Folder = options.Punctuation!, PreferInt8 = options.PreferInt8 });
        return model.IsPunctuation ? model : throw new ModelException($"{model.Folder} holds a {model.Kind}, no model of punctuation.");
    }
}
