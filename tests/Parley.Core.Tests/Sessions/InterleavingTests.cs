using Parley.Testing.Sessions;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Sessions;

/// <summary>Random conversations on the virtual clock; whatever is said when, the invariants hold. A failure prints its seed.</summary>
public sealed class InterleavingTests
{
    private const int Conversations = 300;

    [Fact]
    public void AnyInterleaving_KeepsTheInvariants()
    {
        for (var seed = 1; seed <= Conversations; seed++)
        {
            try
            {
                Check(Converse(new Random(seed)));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }
    }

    [Fact]
    public void SameSeed_GivesTheSameConversation()
    {
        var (first, second) = (Converse(new Random(7)), Converse(new Random(7)));

        Assert.Equal(first.Client.All.Select(Describe), second.Client.All.Select(Describe));
    }

    private static SimulatedConversation Converse(Random random)
    {
        var talk = new SimulatedConversation(e =>
        {
            e.Asr.Texts = ["one two three", "", "four five six seven", "eight"];
            e.Asr.FinalLatency = TimeSpan.FromMilliseconds(random.Next(0, 400));
            e.Asr.Fails = random.Next(20) == 0;
            e.Chat.Texts = ["A short answer.", "A longer answer, with a clause in it. And a second sentence to follow. And one more?"];
            e.Chat.FirstTokenLatency = TimeSpan.FromMilliseconds(random.Next(0, 600));
            e.Chat.TokenInterval = TimeSpan.FromMilliseconds(random.Next(0, 80));
            e.Chat.FailsAfter = random.Next(10) == 0 ? random.Next(0, 8) : null;
            e.Chat.HangsAfter = random.Next(15) == 0 ? random.Next(0, 8) : null;
            e.Tts.FirstAudioLatency = TimeSpan.FromMilliseconds(random.Next(0, 300));
            e.Tts.ChunkInterval = TimeSpan.FromMilliseconds(random.Next(0, 400));
            e.Tts.Fails = random.Next(15) == 0;
        });
        talk.Start(new SessionConfig
        {
            Scenario = random.Next(3) == 0 ? "cafe" : null,
            Turn = new TurnConfig { MinInterruptionMs = random.Next(0, 700), BargeIn = random.Next(6) != 0 },
        });
        for (var step = 0; step < 25; step++) { Act(talk, random); }
        talk.End();
        return talk;
    }

    private static void Act(SimulatedConversation talk, Random random)
    {
        switch (random.Next(10))
        {
            case 0 or 1 or 2: talk.Speak(20 * random.Next(1, 60)); break;
            case 3 or 4 or 5: talk.Hush(20 * random.Next(1, 100)); break;
            case 6: talk.Say(new Interrupt()); break;
            case 7: talk.Say(new TextInput("typed words")); break;
            case 8: talk.Say(random.Next(2) == 0 ? new StartListen() : new StopListen()); break;
            case 9 when talk.Client.Packets is [.., var last]:
                talk.Say(new Playback(last.GenerationId, random.NextInt64(-1_000, last.SampleOffset + 10_000)));
                break;
        }
    }

    private static void Check(SimulatedConversation talk)
    {
        var cancelled = new HashSet<uint>();
        var next = new Dictionary<uint, long>();
        uint newest = 0;
        foreach (var item in talk.Client.All)
        {
            switch (item)
            {
                case AudioPacket p:
                    Assert.DoesNotContain(p.GenerationId, cancelled);
                    Assert.True(p.GenerationId >= newest, "audio of an older generation");
                    Assert.Equal(next.GetValueOrDefault(p.GenerationId), p.SampleOffset);
                    next[p.GenerationId] = p.SampleOffset + p.Samples.Length;
                    newest = p.GenerationId;
                    break;
                case GenerationCancelled c:
                    Assert.True(cancelled.Add(c.GenerationId), "cancelled twice");
                    Assert.InRange(c.HeardSamples, 0, next.GetValueOrDefault(c.GenerationId));
                    break;
                case AssistantTextDelta d: Assert.DoesNotContain(d.GenerationId, cancelled); break;
                case VisemeTimeline v: Assert.DoesNotContain(v.GenerationId, cancelled); break;
            }
        }
        Assert.Equal(Enumerable.Range(1, talk.Client.Messages.Count).Select(i => (long)i), talk.Client.Messages.Select(m => m.Seq));
        Assert.DoesNotContain(talk.Client.Of<ErrorMessage>(), e => e.Code == ErrorCodes.Internal);
        Assert.True(talk.HasEnded);
        Assert.True(talk.Client.IsDisposed);
        Assert.Equal(0, talk.Engines.Asr.OpenStreams);
        Assert.Equal(0, talk.Engines.Vad.OpenStreams);
        Assert.Equal(0, talk.Engines.Tts.Active);
        Assert.Equal(0, talk.Scheduler.Clock.PendingTimers);
    }

    private static string Describe(object item) => item is AudioPacket p ? $"audio {p.GenerationId} {p.Chunk} {p.SampleOffset}" : item switch
    {
        SessionReady => "ready",
        AsrFinal f => $"final {f.Text}",
        SuggestionsOffered => "suggestions",
        VisemeTimeline v => $"visemes {v.GenerationId} {v.Segment} {v.Items.Count}",
        _ => item.ToString()!,
    };
}
