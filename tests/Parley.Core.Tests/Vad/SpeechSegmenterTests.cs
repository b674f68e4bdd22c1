using Parley.Vad;

namespace Parley.Core.Tests.Vad;

public sealed class SpeechSegmenterTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(32);

    [Fact]
    public void Push_SpeechThenSilence_AnnouncesBothWithTheirTimes()
    {
        var updates = Push(0, 0, 0.9f, 0.9f, 0.9f, 0, 0, 0, 0, 0, 0);
        Assert.Equal(3, updates.FindIndex(u => u.OnsetAnnounced));
        Assert.Equal(9, updates.FindIndex(u => u.EndAnnounced));
        Assert.Equal((2 * s_window, 4 * s_window), (updates[3].SpeechStart, updates[3].LastSpeechEnd));
        Assert.Equal((2 * s_window, 5 * s_window), (updates[^1].SpeechStart, updates[^1].LastSpeechEnd));
        Assert.Equal(TimeSpan.Zero, updates[4].SilenceSoFar);
        Assert.Equal(6 * s_window, updates[^1].SilenceSoFar);
        Assert.Equal(3 * s_window, updates[^1].SpeechSoFar);
        Assert.Equal([false, false, false, true, true, true, true, true, true, false, false], updates.Select(u => u.IsSpeech));
    }

    [Fact]
    public void Push_WhileTheAssistantSpeaks_IsAnnouncedSooner()
    {
        var (usual, inReply) = (new SpeechSegmenter(new VadOptions()), new SpeechSegmenter(new VadOptions()) { IsInReply = true });

        Assert.False(usual.Push(0.9f).OnsetAnnounced);
        Assert.True(inReply.Push(0.9f).OnsetAnnounced);
        Assert.True(usual.Push(0.9f).OnsetAnnounced);
        Assert.False(inReply.Push(0.9f).OnsetAnnounced);
    }

    [Fact]
    public void Push_ShorterThanMinSpeech_IsNotAnnounced()
    {
        var updates = Push(0, 0.9f, 0, 0.9f, 0, 0);
        Assert.DoesNotContain(updates, u => u.OnsetAnnounced || u.IsSpeech);
        Assert.Null(updates[^1].SpeechStart);
        Assert.Equal(6 * s_window, updates[^1].SilenceSoFar);
    }

    [Fact]
    public void Push_BetweenThresholds_KeepsWhatWas()
    {
        Assert.DoesNotContain(Push(0.45f, 0.45f, 0.45f), u => u.IsSpeech);
        var updates = Push(0.9f, 0.9f, 0.36f, 0.36f, 0.36f, 0.36f, 0.36f, 0.36f);
        Assert.Equal((true, TimeSpan.Zero), (updates[^1].IsSpeech, updates[^1].SilenceSoFar));
    }

    [Fact]
    public void Threshold_OfItsOwn_MovesBothThresholds()
    {
        var segmenter = new SpeechSegmenter(new VadOptions()) { Threshold = 0.8f };

        Assert.DoesNotContain(Enumerable.Range(0, 9).Select(_ => segmenter.Push(0.79f)), u => u.IsSpeech);
        Assert.False(segmenter.Push(0.81f).IsSpeech);
        Assert.True(segmenter.Push(0.81f).IsSpeech);
        Assert.Equal(TimeSpan.Zero, segmenter.Push(0.66f).SilenceSoFar);
        Assert.Equal(s_window, segmenter.Push(0.64f).SilenceSoFar);
    }

    [Fact]
    public void Push_GapShorterThanMinSilence_IsPartOfTheSpeech()
    {
        var updates = Push(0.9f, 0.9f, 0, 0, 0, 0, 0.9f);
        Assert.Single(updates, u => u.OnsetAnnounced);
        Assert.Equal(4 * s_window, updates[5].SilenceSoFar);
        Assert.Equal((true, TimeSpan.Zero, 7 * s_window), (updates[6].IsSpeech, updates[6].SilenceSoFar, updates[6].SpeechSoFar));
    }

    [Fact]
    public void Push_NaN_CountsAsSilence() => Assert.DoesNotContain(Push(float.NaN, float.NaN, float.NaN), u => u.IsSpeech);

    [Fact]
    public void Push_NoMinimum_AnnouncesAtOnce()
    {
        var update = new SpeechSegmenter(new VadOptions { MinSpeech = TimeSpan.Zero }).Push(0.9f);
        Assert.Equal((true, TimeSpan.Zero), (update.OnsetAnnounced, update.SpeechStart));
    }

    [Fact]
    public void Push_AnyProbabilities_KeepsTheInvariants()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var options = new VadOptions
            {
                MinSpeech = TimeSpan.FromMilliseconds(random.Next(0, 300)), MinSilence = TimeSpan.FromMilliseconds(random.Next(32, 500)),
            };
            var segmenter = new SpeechSegmenter(options);
            var previous = default(SegmenterUpdate);
            var level = random.NextDouble();
            for (var i = 1; i <= 300; i++)
            {
                if (random.Next(4) == 0) { level = random.NextDouble(); }
                var u = segmenter.Push((float)level);
                var where = $"seed {seed}, window {i}: {u}";
                Assert.True(u.Now == i * s_window, where);
                // Onset and end alternate, and are where IsSpeech changes.
                Assert.True(u.OnsetAnnounced == (u.IsSpeech && !previous.IsSpeech), where);
                Assert.True(u.EndAnnounced == (!u.IsSpeech && previous.IsSpeech), where);
                Assert.True(u.SilenceSoFar >= TimeSpan.Zero && u.SpeechSoFar >= TimeSpan.Zero, where);
                if (u.OnsetAnnounced)
                {
                    Assert.True(u.LastSpeechEnd == u.Now && u.SpeechSoFar >= options.MinSpeech, where);
                    Assert.True(u.SpeechSoFar < options.MinSpeech + s_window || u.SpeechSoFar == s_window, where);
                    Assert.True(previous.LastSpeechEnd is null || u.SpeechStart > previous.LastSpeechEnd, where);
                }
                else { Assert.True(u.SpeechStart == previous.SpeechStart, where); }
                if (u.EndAnnounced) { Assert.True(u.SilenceSoFar >= options.MinSilence, where); }
                if (u.IsSpeech) { Assert.True(u.SilenceSoFar < options.MinSilence, where); }
                if (level >= options.SpeechThreshold && u.IsSpeech) { Assert.True(u.SilenceSoFar == TimeSpan.Zero, where); }
                previous = u;
            }
        }
    }

    private static List<SegmenterUpdate> Push(params float[] probabilities)
    {
        var segmenter = new SpeechSegmenter(new VadOptions());
        return [.. probabilities.Select(segmenter.Push)];
    }
}
