using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Models;
using Parley.SherpaOnnx.Trials;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>A model of every kind passes its trial, in a process of its own: the library loads it and runs it once.</summary>
public sealed class EveryKindTests(ModelFixture models) : IClassFixture<ModelFixture>
{
    public static TheoryData<SherpaModelKind> Kinds => [.. Enum.GetValues<SherpaModelKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Require_TinyModelOfTheKind_Passes(SherpaModelKind kind)
    {
        ModelFixture.RequireLibrary();
        if (kind is SherpaModelKind.Kokoro or SherpaModelKind.Matcha) { VoiceModels.RequireData(); }
        var folder = models[$"{kind}"];
        Write(kind, folder);
        var options = models.Tried($"{kind}");
        var model = ModelFolder.Recognize(options);

        Assert.Equal(kind, model.Kind);
        ModelTrial.Require(model, options);
        Assert.True(TrialMemory.HasPassed(model, options));
    }

    private static void Write(SherpaModelKind kind, string folder)
    {
        switch (kind)
        {
            case SherpaModelKind.StreamingTransducer: ToneModels.WriteTransducer(folder, streaming: true); break;
            case SherpaModelKind.Transducer: ToneModels.WriteTransducer(folder, streaming: false); break;
            case SherpaModelKind.StreamingZipformer2Ctc: ToneModels.WriteStreaming(folder); break;
            case SherpaModelKind.SenseVoice: ToneModels.WriteSenseVoice(folder); break;
            case SherpaModelKind.StreamingParaformer: SpellingModels.WriteStreamingParaformer(folder); break;
            case SherpaModelKind.Paraformer: SpellingModels.WriteParaformer(folder); break;
            case SherpaModelKind.Whisper: SpellingModels.WriteWhisper(folder, languages: false); break;
            case SherpaModelKind.Moonshine: SpellingModels.WriteMoonshine(folder); break;
            case SherpaModelKind.Kokoro: VoiceModels.WriteKokoro(folder); break;
            case SherpaModelKind.Vits: ToneModels.WriteVits(folder); break;
            case SherpaModelKind.Matcha: VoiceModels.WriteMatcha(folder, vocos: true); break;
            case SherpaModelKind.Punctuation: PunctuationModels.WritePlain(folder); break;
            default: PunctuationModels.WriteCasing(folder); break;
        }
    }
}
