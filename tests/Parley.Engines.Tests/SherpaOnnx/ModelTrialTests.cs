using Parley.Asr;
using Parley.Diagnostics;
using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Models;
using Parley.SherpaOnnx.Trials;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>Whatever a folder holds, the process that looks at it lives on and says what is wrong.</summary>
public sealed class ModelTrialTests(ModelFixture models) : IClassFixture<ModelFixture>
{
    [Fact]
    public void Require_GoodModels_PassAndAreRemembered()
    {
        ModelFixture.RequireLibrary();
        ToneModels.WriteStreaming(models["ctc"]);
        ToneModels.WriteSenseVoice(models["sense"]);
        ToneModels.WriteVits(models["vits"]);
        foreach (var name in new[] { "ctc", "sense", "vits" })
        {
            var options = models.Tried(name);
            var model = ModelFolder.Recognize(options);
            Assert.False(TrialMemory.HasPassed(model, options));

            ModelTrial.Require(model, options);

            Assert.True(TrialMemory.HasPassed(model, options));
            File.SetLastWriteTimeUtc(Path.Combine(models[name], "tokens.txt"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            Assert.False(TrialMemory.HasPassed(model, options));
        }
    }

    [Fact]
    public void Create_TokensWithoutBlank_IsToldWithTheLibrarysReason()
    {
        ModelFixture.RequireLibrary();
        ToneModels.WriteStreaming(models["blank"]);
        File.WriteAllText(Path.Combine(models["blank"], "tokens.txt"), "a 0\nb 1\nc 2\nd 3\n");

        AssertRefused("blank", "tokens.txt contains the symbol <blk>");
    }

    [Fact]
    public void Create_GraphThatIsNone_IsTold()
    {
        ModelFixture.RequireLibrary();
        ToneModels.WriteStreaming(models["graph"]);
        var path = Path.Combine(models["graph"], "model.onnx");
        var bytes = File.ReadAllBytes(path);
        for (var i = 300; i < 1_500; i++) { bytes[i] ^= 0x5a; } // lengths outside stay as they are
        File.WriteAllBytes(path, bytes);

        AssertRefused("graph", "cannot be used");
    }

    [Fact]
    public void Create_MetadataOfAnotherModel_IsTold()
    {
        ModelFixture.RequireLibrary();
        models.Folder("other",
            ("model.onnx", OnnxGraph.WithMetadata(("sample_rate", "16000"), ("n_speakers", "1"), ("language", "English"), ("comment", "x"), ("frontend", "characters"))),
            ("tokens.txt", "_ 0\nh 1\ne 2\nl 3\no 4\n. 5\n  6\n"u8.ToArray()));

        var refused = Assert.Throws<VoiceException>(() => SherpaEngine.CreateSynthesizer("other", models.Tried("other"), TimeProvider.System));
        Assert.Contains("cannot be used", refused.Message);
    }

    [Fact]
    public void Create_PunctuationThatIsNone_IsRefusedWithoutLoading()
    {
        ModelFixture.RequireLibrary();
        ToneModels.WriteStreaming(models["recogniser"]);
        ToneModels.WriteVits(models["voice"]);

        var refused = Assert.Throws<VoiceException>(() => SherpaEngine.CreateRecognizer(
            "tones", new SherpaOptions { Folder = models["recogniser"], Trial = false, Punctuation = models["voice"] }, TimeProvider.System));
        Assert.Contains("no model of punctuation", refused.Message);
    }

    [Fact]
    public void Probe_BadFolder_IsUnavailableInBothStagesWithARemedy()
    {
        var options = new SherpaOptions { Folder = models["nowhere"] };

        Assert.NotNull(SherpaEngine.Recognizer("gone", options, TimeProvider.System));
        Assert.NotNull(SherpaEngine.Synthesizer("gone", options, TimeProvider.System));
        var status = SherpaEngine.Probe(VoiceStage.Asr, "gone", options);
        Assert.False(status.Available);
        Assert.NotNull(status.Remedy);
    }

    [Fact]
    public void Probe_GoodFolders_AreEnginesOfTheirStageAlone()
    {
        ModelFixture.RequireLibrary();
        ToneModels.WriteStreaming(models["hears"]);
        ToneModels.WriteVits(models["speaks"]);
        var (hears, speaks) = (new SherpaOptions { Folder = models["hears"] }, new SherpaOptions { Folder = models["speaks"] });

        Assert.Null(SherpaEngine.Synthesizer("hears", hears, TimeProvider.System));
        Assert.Null(SherpaEngine.Recognizer("speaks", speaks, TimeProvider.System));
        Assert.True(SherpaEngine.Recognizer("hears", hears, TimeProvider.System)!.Probe().Available);
        Assert.True(SherpaEngine.Synthesizer("speaks", speaks, TimeProvider.System)!.Probe().Available);
        Assert.Equal(["en"], speaks.Attributes.Languages);
    }

    [Theory]
    [InlineData("/shared/sherpa-onnx/csrc/offline-sense-voice-model.cc:Init:114 'vocab_size' does not exist in the metadata", "'vocab_size' does not exist in the metadata")]
    [InlineData("terminate called after throwing an instance of 'Ort::Exception'\n  what():  Load model from x failed:Protobuf parsing failed.\n\n", "Load model from x failed:Protobuf parsing failed.")]
    [InlineData("", "the library ended the process with code 139.")]
    public void Explain_WhatTheLibraryWrote_GivesItsReason(string errors, string reason) =>
        Assert.Contains(reason, ModelTrial.Explain(errors.Split('\n'), 139));

    private void AssertRefused(string name, string why)
    {
        var options = models.Tried(name);
        Assert.True(SherpaEngine.Probe(VoiceStage.Asr, name, options).Available, "The files by themselves look well.");

        ISpeechRecognizer Create() => SherpaEngine.CreateRecognizer(name, options, TimeProvider.System);
        var refused = Assert.Throws<VoiceException>(Create);
        Assert.Contains(why, refused.Message);
        Assert.Equal(FailureClass.Resource, refused.Class);
    }
}
