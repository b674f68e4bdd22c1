using Parley.Time;
using Parley.Transports.Devices;

namespace Parley.Core.Tests.Transports.Devices;

public sealed class DeviceSeatsTests
{
    private static readonly DeviceIdentity s_lamp = new("lamp", "secret");
    private static readonly ResumeTicket s_ticket = new("s1", "token", 7);

    private readonly DeterministicScheduler _scheduler = new();
    private readonly DeviceSeats _seats;

    public DeviceSeatsTests() => _seats = new DeviceSeats(_scheduler.Clock, TimeSpan.FromMinutes(10));

    [Fact]
    public void Take_Free_GivesASeatWithoutATicket()
    {
        using var seat = Sit(s_lamp);

        Assert.Null(seat.Ticket);
        Assert.False(seat.Displaced.IsCancellationRequested);
    }

    [Fact]
    public void Take_Taken_WaitsForTheOneWhoIsSentAway()
    {
        var first = Sit(s_lamp);

        var second = Take(s_lamp);

        Assert.True(first.Displaced.IsCancellationRequested);
        Assert.False(second.IsCompleted);
        first.Dispose();
        _scheduler.RunUntilIdle();
        Assert.True(second.IsCompletedSuccessfully);
        Sit(second).Dispose();
    }

    [Fact]
    public void Take_TakenForEver_FailsAndTheNextOneMayTry()
    {
        var first = Sit(s_lamp);
        var second = Take(s_lamp);

        _scheduler.Advance(DeviceSeats.Patience);

        Assert.IsType<TimeoutException>(second.Exception?.InnerException);
        first.Dispose();
        using var third = Sit(s_lamp);
        Assert.NotNull(third);
    }

    [Fact]
    public void Take_ThirdComesWhileTheSecondWaits_TheThirdGetsIt()
    {
        var first = Sit(s_lamp);
        var second = Take(s_lamp);
        var third = Take(s_lamp);

        first.Dispose();
        _scheduler.RunUntilIdle();

        Assert.True(second.IsCanceled);
        Assert.True(third.IsCompletedSuccessfully);
        Sit(third).Dispose();
    }

    [Fact]
    public void Take_AfterOneWithASession_GivesItsTicketWithTheLastMessage()
    {
        Leave(s_ticket, sent: 12);
        _scheduler.Advance(TimeSpan.FromMinutes(9));

        using var seat = Sit(s_lamp);

        Assert.Equal(s_ticket with { LastSeq = 12 }, seat.Ticket);
    }

    [Fact]
    public void Take_TwiceWithoutASessionInBetween_StillGivesTheTicket()
    {
        Leave(s_ticket);
        Sit(s_lamp).Dispose();

        using var seat = Sit(s_lamp);

        Assert.Equal(s_ticket, seat.Ticket);
    }

    [Fact]
    public void Take_AfterTheWindow_GivesNoTicket()
    {
        Leave(s_ticket);
        _scheduler.Advance(TimeSpan.FromMinutes(10));

        using var seat = Sit(s_lamp);

        Assert.Null(seat.Ticket);
    }

    [Fact]
    public void Take_SameDeviceWithAnotherSecret_GivesNoTicket()
    {
        Leave(s_ticket);

        using var seat = Sit(s_lamp with { Secret = "guess" });

        Assert.Null(seat.Ticket);
    }

    [Fact]
    public void Take_WithoutAnIdentity_DisturbsNobody()
    {
        using var first = Sit(identity: null);
        using var second = Sit(identity: null);

        Assert.False(first.Displaced.IsCancellationRequested);
    }

    [Fact]
    public void Dispose_Twice_FreesTheSeatOnce()
    {
        var first = Sit(s_lamp);
        first.Dispose();
        first.Dispose();

        using var second = Sit(s_lamp);
        var third = Take(s_lamp);

        Assert.False(third.IsCompleted);
    }

    private DeviceSeat Sit(DeviceIdentity? identity) => Sit(Take(identity));

    private DeviceSeat Sit(Task<DeviceSeat> taken) => _scheduler.Run(taken, TimeSpan.Zero);

    private Task<DeviceSeat> Take(DeviceIdentity? identity) => _scheduler.Start(() => _seats.TakeAsync(identity, TestContext.Current.CancellationToken));

    private void Leave(ResumeTicket ticket, long sent = 0)
    {
        using var seat = Sit(s_lamp);
        seat.Ticket = ticket;
        seat.Sent(sent);
    }
}
