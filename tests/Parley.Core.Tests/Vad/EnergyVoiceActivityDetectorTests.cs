using Parley.Testing.Contracts;
using Parley.Vad;

namespace Parley.Core.Tests.Vad;

public sealed class EnergyVoiceActivityDetectorTests : VoiceActivityDetectorContract
{
    protected override double MaxNoiseShare => 0.02;

    protected override IVoiceActivityDetector Create() => new EnergyVoiceActivityDetector();

    [Fact]
    public async Task DetectAsync_SteadyState_AllocatesNothing()
    {
        using var stream = Create().OpenStream();
        var window = new short[512];
        var cancellationToken = TestContext.Current.CancellationToken;
        await stream.DetectAsync(window, cancellationToken);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { await stream.DetectAsync(window, cancellationToken); }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task DetectAsync_HumBelow100Hz_IsNotSpeech()
    {
        short[] hum = [.. Enumerable.Range(0, 48_000).Select(i => (short)(8000 * Math.Sin(2 * Math.PI * 50 * i / 16_000)))];
        Assert.All(await DetectAsync(Create(), hum), p => Assert.InRange(p, 0, 0.5f));
    }

    [Fact]
    public void Registration_Probe_IsAlwaysAvailable()
    {
        var status = EnergyVoiceActivityDetector.Registration.Probe();
        Assert.True(status.Available);
        Assert.Equal("energy", EnergyVoiceActivityDetector.Registration.Create().Name);
    }
}
