using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

/// <summary>The time of day is set on or back, or the machine stands still for a while: conversations go on, and can be resumed.</summary>
public sealed class ClockJumpTests
{
    public static TheoryData<int> Hours => [-48, -1, 1, 48];

    [Theory]
    [MemberData(nameof(Hours))]
    public void TimeOfDay_SetWhileTheAssistantSpeaks_TheTurnIsAsWithout(int hours)
    {
        var (untouched, touched) = (Speaking(), Speaking());

        touched.Scheduler.Clock.SetTimeOfDay(TimeSpan.FromHours(hours));
        foreach (var talk in (SimulatedConversation[])[untouched, touched])
        {
            talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
            talk.Speak(600).HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == m.Text);
        }

        Assert.Equal(untouched.Client.Of<TurnMetrics>(), touched.Client.Of<TurnMetrics>());
        Assert.Equal(untouched.Client.Packets.Select(p => p.SampleOffset), touched.Client.Packets.Select(p => p.SampleOffset));
        Assert.Empty(touched.Client.Of<ErrorMessage>());
        untouched.End();
        touched.End();
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void TimeOfDay_SetBeforeTheLineBreaks_TheSessionCanBeResumed(int hours)
    {
        var before = Speaking();

        before.Scheduler.Clock.SetTimeOfDay(TimeSpan.FromHours(hours));
        before.Client.Disconnect();
        before.Wait(1_000);
        var after = before.Resume();

        Assert.True(after.Client.Of<SessionReady>()[0].Resumed);
        after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        after.End();
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public void TimeOfDay_SetWhileTheOldLineSeemsAlive_TheSessionCanBeResumed(int hours)
    {
        // Nobody has noticed that the line is dead, so the token was not renewed when it broke.
        var before = Speaking();

        before.Scheduler.Clock.SetTimeOfDay(TimeSpan.FromHours(hours));
        var after = before.Resume();
        after.Wait(10);

        Assert.Empty(after.Client.Of<ErrorMessage>());
        Assert.True(after.Client.Of<SessionReady>()[0].Resumed);
        Assert.True(before.HasEnded);
        after.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        after.End();
    }

    [Theory]
    [InlineData(TurnState.Listening)]
    [InlineData(TurnState.Thinking)]
    [InlineData(TurnState.Speaking)]
    public void Process_StandsStillForAMinute_TheSessionGoesOn(TurnState when)
    {
        var talk = Kept().Start().Speak(600);
        if (when != TurnState.Listening) { talk.HushUntil<StateUpdate>(s => s.State == when); }

        talk.Stall(TimeSpan.FromMinutes(1));
        talk.Hush(2_000);

        Assert.False(talk.HasEnded, "the session has ended");
        talk.Hush(5_000);
        var turns = talk.Client.Of<AsrFinal>().Count;
        talk.Speak(600);
        talk.HushUntil<TurnMetrics>(m => m.TurnId != talk.Client.Of<TurnMetrics>()[0].TurnId || turns == 0);
        Assert.Empty(talk.Client.Of<ErrorMessage>());
        talk.End();
    }

    private static SimulatedConversation Speaking()
    {
        var talk = Kept().Start().Speak(600);
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking);
        return talk;
    }

    private static SimulatedConversation Kept() => new(options: new SessionOptions { ResumeWindow = TimeSpan.FromMinutes(10) }, keepsSessions: true);
}
