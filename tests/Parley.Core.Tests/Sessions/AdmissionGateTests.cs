using Parley.Sessions.Admission;
using Parley.Time;

namespace Parley.Core.Tests.Sessions;

public sealed class AdmissionGateTests
{
    private const int Running = 50;

    private static readonly LoadReading s_easy = new(0.5, TimeSpan.FromMilliseconds(2));

    private readonly VirtualClock _clock = new();
    private LoadReading _load = s_easy;

    [Fact]
    public void Ask_LoadIsEasy_LetsIn() => Assert.Null(Gate().Ask(Running));

    [Theory]
    [InlineData(0.95, 2, Overload.Cpu)]
    [InlineData(0.5, 31, Overload.Lateness)]
    [InlineData(0.95, 31, Overload.Lateness)]
    public void Ask_LoadIsOverALimit_SaysWhich(double cpu, int lateMs, Overload why)
    {
        _load = new(cpu, TimeSpan.FromMilliseconds(lateMs));
        var gate = Gate();

        Assert.Equal(why, gate.Ask(Running));
        Assert.Equal(why, gate.ClosedFor);
    }

    [Fact]
    public void Ask_LoadFallsJustBelowTheLimit_StaysClosed()
    {
        var gate = Closed();

        for (var i = 0; i < 100; i++)
        {
            _load = new(0.85, TimeSpan.Zero);
            Assert.Equal(Overload.Cpu, gate.Ask(Running));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Ask_LoadStaysEasyForTheRecovery_OpensAgain()
    {
        var gate = Closed();
        _load = s_easy;

        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(Overload.Cpu, gate.Ask(Running));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(gate.Ask(Running));
        Assert.Null(gate.ClosedFor);
    }

    [Fact]
    public void Ask_LoadRisesAgainDuringTheRecovery_ItBeginsAnew()
    {
        var gate = Closed();
        _load = s_easy;
        _clock.Advance(TimeSpan.FromSeconds(4));
        _load = new(0.88, TimeSpan.Zero);
        Assert.NotNull(gate.Ask(Running));
        _load = s_easy;
        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.NotNull(gate.Ask(Running));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(gate.Ask(Running));
    }

    [Fact]
    public void Ask_SessionGoesOn_IsLetInWhateverTheLoad() => Assert.Null(Closed().Ask(Running, isResumed: true));

    [Fact]
    public void Ask_FewRun_IsLetInWhateverTheLoad()
    {
        var gate = Closed();

        Assert.Null(gate.Ask(3));
        Assert.NotNull(gate.Ask(4));
    }

    [Fact]
    public void Ask_ThousandAtOnce_LetsInAsManyAsTheProcessorsHaveRoomFor()
    {
        // Fifty use half of the processors, a hundredth each: there is room for forty more.
        var gate = Gate();
        var running = Running;
        for (var i = 0; i < 1_000; i++) { if (gate.Ask(running) is null) { running++; } }

        Assert.InRange(running - Running, 38, 40);

        // They turn out to cost half as much as the others: so there is room for more.
        _clock.Advance(TimeSpan.FromSeconds(5));
        _load = new(0.7, TimeSpan.Zero);
        Assert.Null(gate.Ask(running));
    }

    [Fact]
    public void Ask_ThousandAtOnceOnAnIdleServer_AreNotAllBelieved()
    {
        _load = default;
        var gate = Gate();
        var running = 0;
        for (var i = 0; i < 1_000 * Environment.ProcessorCount; i++) { if (gate.Ask(running) is null) { running++; } }

        Assert.InRange(running, 85 * Environment.ProcessorCount, 91 * Environment.ProcessorCount);
    }

    [Fact]
    public void Ask_IsOff_LetsInWhateverTheLoad()
    {
        _load = new(1, TimeSpan.FromSeconds(10));

        Assert.Null(new AdmissionGate(new AdmissionOptions { Enabled = false }, _clock, () => _load).Ask(Running));
    }

    [Fact]
    public void Read_BeatsInTime_AreNotLate()
    {
        using var meter = new LoadMeter(_clock, () => 0.25);

        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(new LoadReading(0.25, TimeSpan.Zero), meter.Read());
    }

    [Fact]
    public void Read_OneBeatInAHundredIsLate_IsNoLoadAndManyAre()
    {
        using var meter = new LoadMeter(_clock, () => 0);
        _clock.Advance(TimeSpan.FromSeconds(10));

        _clock.Stall(TimeSpan.FromMilliseconds(90));
        Assert.Equal(TimeSpan.Zero, meter.Read().Lateness);
        for (var i = 0; i < 10; i++) { _clock.Stall(TimeSpan.FromMilliseconds(90)); }

        Assert.Equal(TimeSpan.FromMilliseconds(40), meter.Read().Lateness);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, meter.Read().Lateness);
    }

    [Fact]
    public void Read_ProcessorsBecomeBusy_HalfOfItIsBelievedAfterASecond()
    {
        var cpu = 0.0;
        using var meter = new LoadMeter(_clock, () => cpu);
        _clock.Advance(TimeSpan.FromSeconds(10));

        cpu = 1;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0.5, meter.Read().Cpu, tolerance: 0.02);
    }

    private AdmissionGate Gate() => new(new AdmissionOptions(), _clock, () => _load);

    private AdmissionGate Closed()
    {
        _load = new(0.95, TimeSpan.Zero);
        var gate = Gate();
        Assert.Equal(Overload.Cpu, gate.Ask(Running));
        return gate;
    }
}
