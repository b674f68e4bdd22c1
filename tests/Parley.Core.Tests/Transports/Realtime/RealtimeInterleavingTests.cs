using Parley.Testing.Sessions;

namespace Parley.Core.Tests.Transports.Realtime;

public sealed class RealtimeInterleavingTests
{
    private const int Conversations = 60;

    [Fact]
    public void AnyInterleaving_KeepsTheInvariants()
    {
        var cancelled = 0;
        for (var seed = 0; seed < Conversations; seed++)
        {
            var talk = RandomRealtimeTalk.Hold(seed);
            try
            {
                RealtimeInvariants.Check(talk);
            }
            catch (InvalidOperationException e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
            cancelled += RealtimeInvariants.Interruptions(talk);
        }
        Assert.True(cancelled > Conversations, $"{cancelled} responses were cancelled");
    }

    /// <summary>Seeds that found something once.</summary>
    [Theory]
    [InlineData(246)]
    [InlineData(321)]
    public void Interleaving_ThatFoundSomething_KeepsTheInvariants(int seed)
    {
        var failure = Record.Exception(() => RealtimeInvariants.Check(RandomRealtimeTalk.Hold(seed)));

        Assert.Null(failure);
    }
}
