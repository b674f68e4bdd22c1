using Parley.Testing;
using Parley.Vad;

namespace Parley.Core.Tests.Vad;

/// <summary>Which windows a detector is spared.</summary>
public sealed class SilenceGateTests : IDisposable
{
    private const int Window = 512;

    private readonly Listener _listener = new();
    private readonly SilenceGate _gate;

    public SilenceGateTests() => _gate = new SilenceGate(_listener, Window);

    [Fact]
    public async Task DetectAsync_SilenceThatLasts_SparesTheDetector()
    {
        await HearAsync(40, 0);

        Assert.Equal((10, 30), (_listener.Heard.Count, _gate.Spared));
    }

    [Fact]
    public async Task DetectAsync_SoundAfterSilence_DetectorHearsTheFourWindowsBeforeIt()
    {
        await HearAsync(40, 0);
        _listener.Heard.Clear();
        await HearAsync(1, 1);
        await HearAsync(1, 2);
        await HearAsync(1, 8_000);

        Assert.Equal([0, 0, 1, 2, 8_000], _listener.Heard.Select(w => w.Max()));
    }

    [Fact]
    public async Task DetectAsync_SoundAfterOneSparedWindow_DetectorHearsThatOneAlone()
    {
        await HearAsync(40, 0);
        await HearAsync(1, 8_000);
        await HearAsync(10, 0);
        _listener.Heard.Clear();
        await HearAsync(1, 1);
        await HearAsync(1, 8_000);

        Assert.Equal([1, 8_000], _listener.Heard.Select(w => w.Max()));
    }

    [Fact]
    public async Task DetectAsync_QuietRoomNoise_SparesMostOfIt()
    {
        foreach (var window in Noise.Pink(200 * Window, -62, 5).Chunk(Window)) { await _gate.DetectAsync(window, TestContext.Current.CancellationToken); }

        Assert.InRange(_gate.Spared, 150, 190);
    }

    [Fact]
    public async Task DetectAsync_LoudRoom_SparesNothing()
    {
        foreach (var window in Noise.White(200 * Window, -40, 5).Chunk(Window)) { await _gate.DetectAsync(window, TestContext.Current.CancellationToken); }

        Assert.Equal(0, _gate.Spared);
    }

    [Fact]
    public async Task DetectAsync_DetectorHearsSomethingInSilence_SparesNothing()
    {
        _listener.Probability = 0.3f;

        await HearAsync(40, 0);

        Assert.Equal(0, _gate.Spared);
    }

    [Fact]
    public async Task DetectAsync_WindowOfAnotherLengthWhileShut_IsRefused()
    {
        await HearAsync(40, 0);

        await Assert.ThrowsAsync<ArgumentException>(async () => await _gate.DetectAsync(new short[100], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(16_384, 0)]
    [InlineData(164, -40)]
    [InlineData(0, -120)]
    public void LevelDb_SamplesThatAlternate_IsThatOfTheirDifferences(int amplitude, float expected)
    {
        var window = Enumerable.Range(0, Window + 3).Select(i => (short)(i % 2 == 0 ? amplitude : -amplitude)).ToArray();

        Assert.Equal(expected, SilenceGate.LevelDb(window), 0.02f);
    }

    [Fact]
    public void LevelDb_FullScaleSteps_DoesNotOverflow()
    {
        var window = Enumerable.Range(0, Window).Select(i => i % 2 == 0 ? short.MaxValue : short.MinValue).ToArray();

        Assert.Equal(6.02f, SilenceGate.LevelDb(window), 0.01f);
    }

    public void Dispose() => _gate.Dispose();

    private async Task HearAsync(int windows, short amplitude)
    {
        for (var i = 0; i < windows; i++)
        {
            var window = new short[Window];
            for (var k = 0; k < Window; k += 2) { window[k] = amplitude; }
            await _gate.DetectAsync(window, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Listener : IVoiceActivityStream
    {
        public List<short[]> Heard { get; } = [];

        public float Probability { get; set; } = 0.01f;

        public ValueTask<float> DetectAsync(ReadOnlyMemory<short> window, CancellationToken cancellationToken = default)
        {
            Heard.Add(window.ToArray());
            return ValueTask.FromResult(Probability);
        }

        public void Dispose() { }
    }
}
