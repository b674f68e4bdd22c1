using Parley.Turns;

namespace Parley.Core.Tests.Turns;

public sealed class TurnStateMachineTests
{
    [Theory]
    [InlineData(TurnState.Listening)]
    [InlineData(TurnState.Thinking)]
    public void MoveTo_FromIdle_Goes(TurnState next)
    {
        var machine = new TurnStateMachine();

        Assert.True(machine.MoveTo(next));
        Assert.Equal(next, machine.State);
    }

    [Theory]
    [InlineData(TurnState.Speaking)]
    [InlineData(TurnState.Paused)]
    public void MoveTo_FromIdleToAReplyThatIsNotThere_Throws(TurnState next) =>
        Assert.Throws<InvalidOperationException>(() => new TurnStateMachine().MoveTo(next));

    [Fact]
    public void MoveTo_WhereItIs_SaysSo() => Assert.False(new TurnStateMachine().MoveTo(TurnState.Idle));
}
