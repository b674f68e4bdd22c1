using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.Pipeline;
using Parley.Policy;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Server.Speech;
using Parley.Server.Tests.Api;
using Parley.Testing;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Time;
using Parley.Tts;
using Parley.Tts.Caching;
using Parley.Tutor;
using Parley.Vad;

namespace Parley.Server.Tests.Speech;

/// <summary>The lines that every conversation may need are spoken after the start.</summary>
public sealed class SpeechCacheServiceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Prefill_AfterTheStart_SpeaksApologyAndTutorAndOpenersWhereASmallModelOpens(bool hasSmallModel)
    {
        var clock = new VirtualClock();
        var voice = new RecordedVoice(clock);
        var cache = new SpeechCache(new SpeechCacheOptions { DiskBytes = 0 }, clock);
        using var engines = Engines(clock, cache, AudioApi.Simulated<ISpeechSynthesizer>(VoiceStage.Tts, voice), hasSmallModel ? "small" : null);
        using var metrics = new ParleyMetrics();
        using var service = Service(clock, cache, engines, metrics);
        string[] tutor = [.. TutorEngine.FixedLines(new TutorOptions()).SelectMany(SpokenClauses.OfLine)];

        await service.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            () => { clock.Advance(TimeSpan.FromMilliseconds(100)); return voice.Spoken.Contains(tutor[^1]); }, () => $"{voice.Spoken.Count} clauses were spoken.");
        await service.StopAsync(TestContext.Current.CancellationToken);

        Assert.All(SpokenClauses.Of(FixedLines.Apology).Concat(tutor), c => Assert.Contains(c, voice.Spoken));
        Assert.Equal(hasSmallModel, voice.Spoken.Contains("Sure,"));
        Assert.Equal(hasSmallModel, voice.Spoken.Contains("Good question,"));
        Assert.True(cache.Read().Prefetched >= tutor.Distinct().Count());
    }

    [Fact]
    public async Task Prefill_SynthesizerCannotBeMade_TheServiceGoesOn()
    {
        var clock = new VirtualClock();
        await using var cache = new SpeechCache(new SpeechCacheOptions { DiskBytes = 0 }, clock);
        var tried = new TaskCompletionSource();
        var broken = AudioApi.Simulated<ISpeechSynthesizer>(VoiceStage.Tts, new SimulatedSynthesizer(clock)) with
        {
            Create = () => { tried.TrySetResult(); throw new DllNotFoundException("The voice's library is damaged."); },
        };
        using var engines = Engines(clock, cache, broken);
        using var metrics = new ParleyMetrics();
        using var service = Service(clock, cache, engines, metrics);

        await service.StartAsync(TestContext.Current.CancellationToken);
        await tried.Task.WaitAsync(ConverseClient.Patience, TestContext.Current.CancellationToken);
        await service.StopAsync(TestContext.Current.CancellationToken);

        Assert.False(service.ExecuteTask!.IsFaulted, $"{service.ExecuteTask.Exception}");
    }

    private static EngineCatalog Engines(TimeProvider time, SpeechCache cache, EngineRegistration<ISpeechSynthesizer> voice, string? small = null) => new(
        new EngineOptions { Quick = small },
        [AudioApi.Simulated<IVoiceActivityDetector>(VoiceStage.Vad, new SimulatedVad())],
        [AudioApi.Simulated<ISpeechRecognizer>(VoiceStage.Asr, new SimulatedRecognizer(time))],
        [AudioApi.Simulated<IChatClient>(VoiceStage.Reply, new SimulatedChatClient(time), "small")],
        // The virtual clock does not wait for a busy machine: it must not make an engine late.
        [voice], new SilenceTurnDetector(), chains: new EngineChains(new ResilienceOptions { Tts = new() { Timeout = TimeSpan.FromMinutes(5) } }, time, cache: cache));

    private static SpeechCacheService Service(TimeProvider time, SpeechCache cache, EngineCatalog engines, ParleyMetrics metrics) => new(
        cache, new SpeechPrefetcher(cache, time, NullLogger<SpeechPrefetcher>.Instance), engines, new TutorOptions(), metrics, NullLogger<SpeechCacheService>.Instance, NullLogger<SpeechCache>.Instance);

    private sealed class RecordedVoice(TimeProvider time) : ISpeechSynthesizer
    {
        private readonly SimulatedSynthesizer _inner = new(time);

        public ConcurrentBag<string> Spoken { get; } = [];

        public string Name => _inner.Name;

        public IReadOnlyList<string> Voices => _inner.Voices;

        public bool Supports(string language) => _inner.Supports(language);

        public IAsyncEnumerable<SpeechChunk> SynthesizeAsync(SpeechRequest request, CancellationToken cancellationToken = default)
        {
            Spoken.Add(request.Text);
            return _inner.SynthesizeAsync(request, cancellationToken);
        }
    }
}
