using Parley.Diagnostics;
using Parley.Governance;
using Parley.Policy;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Testing.Simulated;
using Parley.Time;
using Parley.Tts;
using Parley.Tts.Caching;

namespace Parley.Core.Tests.Tts.Caching;

/// <summary>A cache before a simulated voice that takes 100 ms to the first word and 50 ms to each other, on a virtual clock.</summary>
internal sealed class CacheUnderTest
{
    public CacheUnderTest(SpeechCacheOptions? options = null)
    {
        Inner = new SimulatedSynthesizer(Scheduler.Clock) { FirstAudioLatency = TimeSpan.FromMilliseconds(100), ChunkInterval = TimeSpan.FromMilliseconds(50) };
        Cache = new SpeechCache(options ?? new SpeechCacheOptions { DiskBytes = 0 }, Scheduler.Clock);
        Chains = new EngineChains(new ResilienceOptions(), Scheduler.Clock, cache: Cache);
        Engine = Alone(Chains, Inner);
    }

    /// <summary>A synthesiser behind a cache.</summary>
    public static ISpeechSynthesizer Before(SpeechCache cache, ISpeechSynthesizer engine, TimeProvider time) =>
        Alone(new EngineChains(new ResilienceOptions(), time, cache: cache), engine);

    public DeterministicScheduler Scheduler { get; } = new();

    public SimulatedSynthesizer Inner { get; }

    public SpeechCache Cache { get; }

    public ISpeechSynthesizer Engine { get; }

    /// <summary>Who may call the voice now, and who waits.</summary>
    public PriorityScheduler Slots => Chains.Guards.Find(VoiceStage.Tts, Inner.Name)!.Slots;

    private EngineChains Chains { get; }

    /// <summary>Begins to listen; the task gives the number of chunks.</summary>
    /// <param name="text">What to hear.</param>
    /// <param name="leave">Cancelled by a listener who leaves; null: they stay.</param>
    public Task<int> Listen(string text, CancellationTokenSource? leave = null) => Scheduler.Start(async () =>
    {
        var count = 0;
        await foreach (var chunk in Engine.SynthesizeAsync(new SpeechRequest(text), leave?.Token ?? CancellationToken.None)) { count += chunk.Samples.Length > 0 ? 1 : 0; }
        return count;
    });

    public void Advance(int milliseconds) => Scheduler.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private static ISpeechSynthesizer Alone(EngineChains chains, ISpeechSynthesizer engine) =>
        chains.Synthesizer([new EngineHandle<ISpeechSynthesizer>(engine.Name, engine, new EngineAttributes(), new EngineTelemetry())]);
}
