using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Tts;
using Parley.Vad;

namespace Parley.Core.Tests.Policy;

/// <summary>What sessions get of a catalog that has engines elsewhere, too.</summary>
public sealed class PolicyCatalogTests
{
    private static readonly TimeProvider s_time = TimeProvider.System;

    [Fact]
    public void Select_NoConsent_TakesTheHouseAndSaysWhyNotTheOther()
    {
        using var catalog = Catalog(new PolicyOptions(), "cloud");

        var engines = catalog.Select(new SessionConfig());

        Assert.Equal(("house", "cloud was passed over: it needs consent.cloud_audio; best available"), (engines.Choices["asr"].Name, engines.Choices["asr"].Why));
        Assert.Equal(["vad", "asr", "reply", "tts"], engines.Decisions.Select(d => d.Stage));
    }

    [Fact]
    public void Select_Consent_TakesTheConfigured()
    {
        using var catalog = Catalog(new PolicyOptions(), "cloud");

        Assert.Equal(new EngineChoice("cloud", "configured"), catalog.Select(Consenting).Choices["asr"]);
    }

    [Fact]
    public void Select_HybridWithConsent_HouseAnswersAndCloudRefines()
    {
        using var catalog = Catalog(new PolicyOptions { Mode = PolicyMode.Hybrid });

        var engines = catalog.Select(Consenting);

        Assert.Equal("house", engines.Choices["asr"].Name);
        Assert.EndsWith("; refined by cloud", engines.Choices["asr"].Why, StringComparison.Ordinal);
        Assert.Equal("house", engines.Asr.Name);
    }

    [Fact]
    public async Task Select_AllElsewhereAndConsentWithdrawn_NothingIsSent()
    {
        using var catalog = Catalog(new PolicyOptions(), house: false);

        var recognizer = catalog.Select(Consenting).Asr;
        await using var allowed = await recognizer.OpenAsync(new RecognitionRequest { CloudAudio = true }, TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<VoiceException>(() => recognizer.OpenAsync(new RecognitionRequest(), TestContext.Current.CancellationToken).AsTask());

        Assert.Contains("consent.cloud_audio", failure.Message, StringComparison.Ordinal);
        Assert.Contains("consent.cloud_audio", Assert.Throws<VoiceException>(() => catalog.Select(new SessionConfig())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SelectRecognizer_NamedElsewhere_NamingIsTheConsent()
    {
        using var catalog = Catalog(new PolicyOptions());

        Assert.Equal("cloud", catalog.SelectRecognizer("cloud").Name);
        Assert.Equal("house", catalog.SelectRecognizer().Name);
    }

    [Fact]
    public void Select_Resumed_KeepsTheEngineThatServedBefore()
    {
        using var catalog = Catalog(new PolicyOptions());
        var before = new SelectionContext("s1", "ana", new Dictionary<string, string> { ["asr"] = "cloud" });

        Assert.Equal("cloud", ((IEngineSelector)catalog).Select(Consenting, before).Choices["asr"].Name);
    }

    [Theory]
    [InlineData("nobody", 0.5, "Parley:Policy:Canary:nobody")]
    [InlineData("cloud", 0.7, "more than 1")]
    public void Catalog_SharesDoNotFit_NamesThem(string engine, double share, string what)
    {
        var options = new PolicyOptions { Canary = { ["house"] = 0.5, [engine] = share } };

        Assert.Contains(what, Assert.Throws<VoiceException>(() => Catalog(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_TwoEnginesOfOneName_IsRefused() => Assert.Contains("'house'", Assert.Throws<VoiceException>(() => new EngineCatalog(
        new EngineOptions(), [], [Recognizer("house", true), Recognizer("house", true)], [], [], new SilenceTurnDetector())).Message, StringComparison.Ordinal);

    private static SessionConfig Consenting => new() { Consent = new ConsentConfig { CloudAudio = true } };

    private static EngineCatalog Catalog(PolicyOptions options, string configured = EngineOptions.Auto, bool house = true) => new(
        new EngineOptions { Asr = configured },
        [Registration<IVoiceActivityDetector>(VoiceStage.Vad, "simulated", () => new SimulatedVad())],
        house ? [Recognizer("house", true), Recognizer("cloud", false)] : [Recognizer("cloud", false)],
        [Registration<IChatClient>(VoiceStage.Reply, "simulated", () => new SimulatedChatClient(s_time))],
        [Registration<ISpeechSynthesizer>(VoiceStage.Tts, "simulated", () => new SimulatedSynthesizer(s_time))],
        new SilenceTurnDetector(), chooser: new EngineChooser(options, s_time));

    private static EngineRegistration<ISpeechRecognizer> Recognizer(string name, bool local) =>
        Registration<ISpeechRecognizer>(VoiceStage.Asr, name, () => new NamedRecognizer(name)) with { Attributes = new EngineAttributes { Local = local } };

    private static EngineRegistration<T> Registration<T>(VoiceStage stage, string name, Func<T> create) where T : class =>
        new(name, () => new EngineStatus(stage, name, true, "1", "here"), create);

    private sealed class NamedRecognizer(string name) : ISpeechRecognizer
    {
        private readonly SimulatedRecognizer _inner = new(s_time);

        public string Name => name;

        public ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default) => _inner.OpenAsync(request, cancellationToken);
    }
}
