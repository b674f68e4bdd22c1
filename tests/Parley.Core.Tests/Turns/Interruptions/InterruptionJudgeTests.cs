using Parley.Testing;
using Parley.Turns.Interruptions;
using Parley.Vad;

namespace Parley.Core.Tests.Turns.Interruptions;

public sealed class InterruptionJudgeTests
{
    private static readonly SegmenterUpdate s_onset = new(TimeSpan.FromMilliseconds(32), true, true, false, TimeSpan.Zero, TimeSpan.FromMilliseconds(32));

    private readonly InterruptionJudge _judge = new();

    [Fact]
    public void Begin_AfterAnotherSound_JudgesThisOneAlone()
    {
        Begin();
        _judge.Hear(Sounds.Hum(1), s_onset);
        Assert.True(_judge.Sound.Windows > 2, $"{_judge.Sound}");

        Begin();
        _judge.Hear(Sounds.Hum(1).AsMemory(0, 1_024), s_onset);

        Assert.Equal(2, _judge.Sound.Windows);
    }

    [Fact]
    public void LeaveNoise_ItGoesOn_OnlyWhatComesThenIsAVoice()
    {
        Begin();
        _judge.Hear(Sounds.Hum(1), s_onset);

        _judge.LeaveNoise();

        Assert.False(_judge.HearsVoice(new short[512]));
    }

    private void Begin() => _judge.Begin(new InterruptionRules(TimeSpan.FromMilliseconds(300), 2), null, null, s_onset, []);
}
