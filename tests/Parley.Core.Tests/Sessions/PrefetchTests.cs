using System.Diagnostics.Metrics;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Tts.Caching;
using Parley.Tutor;

namespace Parley.Core.Tests.Sessions;

/// <summary>While the learner thinks, the answers to what was offered are spoken, so that nobody waits for them.</summary>
public sealed class PrefetchTests
{
    private static readonly TimeSpan s_firstAudio = TimeSpan.FromMilliseconds(900);

    [Theory]
    [InlineData(1)]
    [InlineData(0.75)]
    public void Turn_ChoosesWhatWasOffered_IsAnsweredFromTheCache(double speed)
    {
        var talk = Talk();
        var offered = Open(talk, speed);
        var spoken = talk.Cache!.Read();

        talk.Say(new TextInput(offered.Text, offered.SuggestionId));
        var timings = talk.HushUntil<TurnMetrics>(m => m.TurnId != talk.Client.Of<TurnMetrics>()[0].TurnId);

        Assert.True(spoken.Prefetched > 0);
        Assert.True(talk.Cache.Read().MemoryHits > spoken.MemoryHits, "The first clause was not in the cache.");
        Assert.Equal(spoken.Misses, talk.Cache.Read().Misses);
        Assert.True(timings.FirstAudioMs < s_firstAudio.TotalMilliseconds, $"{timings.FirstAudioMs} ms");
        talk.End();
    }

    [Fact]
    public void Metrics_AfterAHit_TellTheHitRate()
    {
        var talk = Talk();
        var offered = Open(talk);
        talk.Say(new TextInput(offered.Text, offered.SuggestionId));
        talk.HushUntil<TurnMetrics>(m => m.TurnId != talk.Client.Of<TurnMetrics>()[0].TurnId);

        double? rate = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) => { if (instrument.Meter == talk.Metrics.Meter && instrument.Name == "parley.cache.hit_rate") { l.EnableMeasurementEvents(instrument); } },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => rate = value);
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal(talk.Cache!.Read().HitRate, rate);
        Assert.InRange(rate!.Value, 0.01, 0.99);
        talk.End();
    }

    [Fact]
    public void Turn_OpenerThatWasSpokenBefore_ComesAtOnce()
    {
        var talk = new SimulatedConversation(
            e => (e.Quick, e.Tts.FirstAudioLatency, e.Chat.FirstTokenLatency) = (new SimulatedChatClient(e.Time) { Texts = ["Sure,"] }, s_firstAudio, TimeSpan.FromSeconds(1)),
            cache: new SpeechCacheOptions { DiskBytes = 0 });
        talk.Start();
        var filling = talk.Scheduler.Start(() => new SpeechPrefetcher(talk.Cache!, talk.Scheduler.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<SpeechPrefetcher>.Instance)
            .PrefillAsync(talk.Engines.Select(new SessionConfig()).BackgroundTts!, [.. Pipeline.FixedLines.Openers.SelectMany(SpokenClauses.OfLine).Distinct()], "en-US", CancellationToken.None));
        talk.Scheduler.Run(filling, TimeSpan.FromMinutes(10));

        talk.Say(new TextInput("hello"));
        var timings = talk.HushUntil<TurnMetrics>();

        Assert.Equal("Sure, ", talk.Client.Of<AssistantTextDelta>()[0].Text);
        Assert.True(timings.FirstAudioMs < s_firstAudio.TotalMilliseconds, $"{timings.FirstAudioMs} ms");
        talk.End();
    }

    private static SimulatedConversation Talk() => new(
        e => (e.Reply, e.Tts.FirstAudioLatency) = (new TutorChatClient(time: e.Time), s_firstAudio), cache: new SpeechCacheOptions { DiskBytes = 0 });

    /// <summary>Says hello, hears the answer and thinks for a minute.</summary>
    /// <returns>One of the answers that are offered then.</returns>
    private static SuggestionItem Open(SimulatedConversation talk, double speed = 1)
    {
        talk.Start(new SessionConfig { Speed = speed }).Say(new TextInput("hello"));
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text, limitMs: 60_000);
        talk.Wait(60_000);
        return talk.Client.Of<SuggestionsOffered>()[^1].Items[0];
    }
}
