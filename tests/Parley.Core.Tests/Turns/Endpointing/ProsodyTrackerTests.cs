using Parley.Turns.Endpointing;

namespace Parley.Core.Tests.Turns.Endpointing;

public sealed class ProsodyTrackerTests
{
    private readonly ProsodyTracker _tracker = new();

    [Theory]
    [InlineData(-8)]
    [InlineData(0)]
    [InlineData(8)]
    public void Signals_MovingPitch_IsItsSlope(double semitonesPerSecond)
    {
        Say(Voices.Voice(160, 1, semitonesPerSecond: semitonesPerSecond));

        Assert.Equal(semitonesPerSecond, _tracker.Signals!.Value.PitchSlope, 1.0);
    }

    [Fact]
    public void Signals_SofterEnd_IsBelowTheMean()
    {
        Say([.. Voices.Voice(160, 2), .. Voices.Voice(160, 0.4, amplitude: 0.1)]);

        Assert.InRange(_tracker.Signals!.Value.Level, -10, -7);
    }

    [Fact]
    public void Signals_VoiceAfterAHiss_IsAsLongAsTheVoice()
    {
        Say([.. Voices.Voice(160, 1), .. new short[3_200], .. Voices.Voice(160, 0.2)]);

        Assert.Equal(0.2, _tracker.Signals!.Value.Voicing, 0.05);
    }

    [Fact]
    public void Signals_WhileSpeaking_AreThoseOfThePauseBefore()
    {
        Assert.Null(_tracker.Signals);
        _tracker.Push(Voices.Voice(160, 1), isSpeech: true);
        Assert.Null(_tracker.Signals);
        _tracker.Push(new short[512], isSpeech: false);
        var signals = _tracker.Signals;

        Assert.NotNull(signals);
        _tracker.Push(new short[8_000], isSpeech: false);
        Assert.Equal(signals, _tracker.Signals);
    }

    [Fact]
    public void Forget_AfterSpeech_KeepsTheMeanAlone()
    {
        Say(Voices.Voice(160, 2));
        _tracker.Forget();
        Assert.Null(_tracker.Signals);

        Say(Voices.Voice(160, 1, amplitude: 0.05));
        Assert.InRange(_tracker.Signals!.Value.Level, -20, -8);
    }

    [Fact]
    public void Push_AnyAudio_AllocatesNothing()
    {
        var voice = Voices.Voice(160, 0.2);
        Say(voice);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++) { Say(voice); }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    private void Say(short[] samples)
    {
        _tracker.Push(samples, isSpeech: true);
        _tracker.Push(default, isSpeech: false);
    }
}
