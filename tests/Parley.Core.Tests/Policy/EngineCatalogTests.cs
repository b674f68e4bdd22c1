using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Tts;
using Parley.Vad;

namespace Parley.Core.Tests.Policy;

public sealed class EngineCatalogTests
{
    private static readonly TimeProvider s_time = TimeProvider.System;

    [Fact]
    public void Select_Auto_TakesTheBestAvailable()
    {
        using var catalog = Catalog([Tts("low", 1), Tts("high", 9)]);

        var engines = catalog.Select(new SessionConfig());

        Assert.Equal("high", engines.Tts[0].Name);
        Assert.Equal("low", engines.Tts[1].Name);
        Assert.Equal("best available: 0.33 ahead of low by preference", engines.Choices["tts"].Why);
        Assert.Equal(["high", "low"], engines.Decisions.Single(d => d.Stage == "tts").Engines.Select(e => e.Name));
    }

    [Fact]
    public void Select_BestIsMissing_FallsBackAndSaysWhyAndWhatToDo()
    {
        using var catalog = Catalog([Tts("low", 1), Tts("high", 9, available: false)]);

        var choice = catalog.Select(new SessionConfig()).Choices["tts"];

        Assert.Equal("low", choice.Name);
        Assert.StartsWith("fallback", choice.Why, StringComparison.Ordinal);
        Assert.Contains("apt-get install high", choice.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_CreationFails_FallsBackAndDoesNotTryAgain()
    {
        var tries = 0;
        var broken = new EngineRegistration<ISpeechSynthesizer>(
            "high", () => Status("high", true), () => { tries++; throw new VoiceException(VoiceStage.Tts, "damaged file"); }, 9);
        using var catalog = Catalog([Tts("low", 1), broken]);

        catalog.Select(new SessionConfig());
        var choice = catalog.Select(new SessionConfig()).Choices["tts"];

        Assert.Equal("low", choice.Name);
        Assert.Contains("damaged file", choice.Why, StringComparison.Ordinal);
        Assert.Equal(1, tries);
    }

    [Fact]
    public void Select_NothingAvailable_ThrowsWithEveryRemedy()
    {
        using var catalog = Catalog([Tts("low", 1, available: false), Tts("high", 9, available: false)]);

        var error = Assert.Throws<VoiceException>(() => catalog.Load());

        Assert.Contains("apt-get install low", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install high", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_EngineAskedForByName_IsTaken()
    {
        using var catalog = Catalog([Tts("low", 1), Tts("high", 9)]);

        var engines = catalog.Select(new SessionConfig { Engines = new EngineNames { Tts = "low" } });

        Assert.Equal(("low", "asked for"), (engines.Choices["tts"].Name, engines.Choices["tts"].Why));
    }

    [Fact]
    public void Select_UnknownName_ThrowsWithTheFieldAndTheNames()
    {
        using var catalog = Catalog([Tts("low", 1)]);

        var error = Assert.Throws<VoiceException>(() => catalog.Select(new SessionConfig { Engines = new EngineNames { Tts = "nobody" } }));

        Assert.Contains("config.engines.tts", error.Message, StringComparison.Ordinal);
        Assert.Contains("low", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Select_FirstSynthesizerIsLocalOrNot_OnlyALocalOneSpeaksInTheBackground(bool isLocal)
    {
        var chosen = Tts("chosen", 1) with { Attributes = new EngineAttributes { Local = isLocal } };
        using var catalog = Catalog([Tts("other", 9), chosen], "chosen", new EngineChains(new ResilienceOptions(), s_time));

        var engines = catalog.Select(new SessionConfig());

        Assert.Equal("chosen", engines.Tts[0].Name);
        Assert.Equal(isLocal ? "chosen" : null, engines.BackgroundTts?.Name);
        Assert.Equal(isLocal ? "chosen" : null, catalog.SelectBackgroundSynthesizer("en-US")?.Name);
    }

    [Fact]
    public void Configuration_NamesAnUnknownEngine_ThrowsWithTheKey() =>
        Assert.Contains("Parley:Engines:Tts", Assert.Throws<VoiceException>(() => Catalog([Tts("low", 1)], "nobody")).Message, StringComparison.Ordinal);

    private static EngineCatalog Catalog(EngineRegistration<ISpeechSynthesizer>[] tts, string configured = EngineOptions.Auto, EngineChains? chains = null) => new(
        new EngineOptions { Tts = configured },
        [new EngineRegistration<IVoiceActivityDetector>("simulated", () => Status("simulated", true), () => new SimulatedVad())],
        [new EngineRegistration<ISpeechRecognizer>("simulated", () => Status("simulated", true), () => new SimulatedRecognizer(s_time))],
        [new EngineRegistration<IChatClient>("simulated", () => Status("simulated", true), () => new SimulatedChatClient(s_time))],
        tts, new SilenceTurnDetector(), chains: chains);

    private static EngineRegistration<ISpeechSynthesizer> Tts(string name, int priority, bool available = true) =>
        new(name, () => Status(name, available), () => new SimulatedSynthesizer(s_time, name), priority);

    private static EngineStatus Status(string name, bool available) =>
        new(VoiceStage.Tts, name, available, "1", available ? "here" : "not installed", available ? null : $"apt-get install {name}");
}
