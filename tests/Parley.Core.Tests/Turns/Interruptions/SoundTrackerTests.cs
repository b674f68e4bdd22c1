using Parley.Audio;
using Parley.Testing;
using Parley.Turns.Interruptions;

namespace Parley.Core.Tests.Turns.Interruptions;

public sealed class SoundTrackerTests
{
    [Fact]
    public void Shape_Hums_AreVoicedLowAndSteady()
    {
        var shapes = Enumerable.Range(1, 20).Select(seed => Measure(Sounds.Hum(seed))).ToList();

        Assert.All(shapes, shape => Assert.InRange(shape.Low, 0.93f, 1));
        Assert.True(shapes.Count(shape => shape.Voiced >= 0.8f && shape.Movement <= 2.5f) >= 15, string.Join('\n', shapes));
    }

    [Fact]
    public void Shape_CoughsBreathsAndKeys_HaveHardlyAVoice()
    {
        var shapes = Enumerable.Range(1, 20).SelectMany(seed => new[] { Sounds.Cough(seed), Sounds.Breath(seed), Sounds.Keyboard(seed) }).Select(Measure).ToList();

        Assert.True(shapes.Count(shape => shape.Voiced <= 0.26f && shape.Flatness >= 0.1f) >= 54, string.Join('\n', shapes));
    }

    [Fact]
    public void Shape_Sentence_IsVoicedAndMoves()
    {
        var wav = WavReader.Read(SharedData.Find("speech/jfk.wav"));

        var shape = Measure(wav.Samples[8_000..24_000]);

        Assert.InRange(shape.Voiced, 0.4f, 1);
        Assert.InRange(shape.Movement, 3, 12);
    }

    private static SoundShape Measure(short[] sound)
    {
        var tracker = new SoundTracker();
        tracker.Write(sound);
        return tracker.Shape;
    }
}
