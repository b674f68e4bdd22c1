using Parley.Audio;
using Parley.Diagnostics;
using Parley.Onnx.Vad;
using Parley.Testing;
using Parley.Testing.Contracts;
using Parley.Vad;

namespace Parley.Engines.Tests.Onnx;

public sealed class SileroVoiceActivityDetectorTests : VoiceActivityDetectorContract
{
    // A batch adds in another order than a window alone.
    protected override float Tolerance => 0.001f;

    protected override IVoiceActivityDetector Create()
    {
        var registration = SileroVoiceActivityDetector.Register();
        var status = registration.Probe();
        Assert.SkipUnless(status.Available, $"{status.Detail} {status.Remedy}");
        return registration.Create();
    }

    [Fact]
    public async Task DetectAsync_IdleEngine_AllocatesNothing()
    {
        using var detector = (SileroVoiceActivityDetector)Create();
        using var stream = detector.OpenStream();
        var window = new short[512];
        var cancellationToken = TestContext.Current.CancellationToken;
        await stream.DetectAsync(window, cancellationToken);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) { await stream.DetectAsync(window, cancellationToken); }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task DetectAsync_MinuteOfSpeech_EnergyDetectorMostlyAgrees()
    {
        using var detector = (SileroVoiceActivityDetector)Create();
        var speech = WavReader.Read(SharedData.Find("speech/vad-minute.wav")).Samples;
        var silero = await DetectAsync(detector, speech);
        var energy = await DetectAsync(new EnergyVoiceActivityDetector(), speech);
        var agreeing = silero.Zip(energy).Count(p => p.First >= 0.5f == p.Second >= 0.5f);
        Assert.InRange((double)agreeing / silero.Length, 0.87, 1);
    }

    [Theory]
    [InlineData("austen-0870.wav")]
    [InlineData("cards-005.wav")]
    [InlineData("jfk.wav")]
    [InlineData("vad-minute.wav")]
    public async Task DetectAsync_SilenceSpared_HearsTheSameSpeech(string file)
    {
        using var whole = Sparing(false);
        using var sparing = Sparing(true);
        var recording = WavReader.Read(SharedData.Find($"speech/{file}")).Samples;
        // As quiet as a good headset's: in louder rooms the gate stands open.
        var speech = recording.Select(s => (short)(s / 4)).ToArray();
        var pause = Noise.Pink(3 * AudioMath.SpeechRate, -62);
        short[] samples = [.. pause, .. speech, .. pause, .. speech, .. pause];

        var expected = await DetectAsync(whole, samples);
        var heard = await DetectAsync(sparing, samples);

        var different = expected.Zip(heard).Count(p => p.First >= 0.5f != p.Second >= 0.5f);
        // A window here and there where speech begins or ends.
        Assert.InRange((double)different / expected.Length, 0, 0.005);
    }

    [Fact]
    public void Probe_EngineFound_SaysVersionAndPlaces()
    {
        using var detector = (SileroVoiceActivityDetector)Create();
        var status = SileroVoiceActivityDetector.Register().Probe();
        Assert.Equal((VoiceStage.Vad, "silero", null), (status.Stage, status.Name, status.Remedy));
        Assert.Matches(@"^ONNX Runtime 1\.\d+\.\d+$", status.Version);
        Assert.Contains("silero_vad_v6.onnx", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Probe_LibraryMissing_SaysSoAndWhatToDo()
    {
        var registration = SileroVoiceActivityDetector.Register(new SileroOptions { LibraryPath = "/nowhere/libonnxruntime.so" });
        var status = registration.Probe();
        Assert.False(status.Available);
        Assert.Contains("ONNX Runtime", status.Detail, StringComparison.Ordinal);
        Assert.Contains("./parley setup", status.Remedy, StringComparison.Ordinal);
        Assert.Equal(VoiceStage.Vad, Assert.Throws<VoiceException>(registration.Create).Stage);
    }

    [Fact]
    public void Probe_LibraryIsSomethingElse_IsUnavailable() =>
        Assert.False(SileroVoiceActivityDetector.Register(new SileroOptions { LibraryPath = "libc.so.6" }).Probe().Available);

    private SileroVoiceActivityDetector Sparing(bool silence)
    {
        using var found = (SileroVoiceActivityDetector)Create(); // says why where there is none
        return new SileroVoiceActivityDetector(new SileroOptions { SpareSilence = silence });
    }

    [Fact]
    public void Create_ModelIsNoModel_GivesTheLibrarysMessage()
    {
        using var detector = (SileroVoiceActivityDetector)Create();
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "not a model");
            var error = Assert.Throws<VoiceException>(() => new SileroVoiceActivityDetector(new SileroOptions { ModelPath = path }));
            Assert.StartsWith("ONNX Runtime: ", error.Message, StringComparison.Ordinal);
        }
        finally { File.Delete(path); }
        Assert.Contains("does not exist", Assert.Throws<VoiceException>(
            () => new SileroVoiceActivityDetector(new SileroOptions { ModelPath = path })).Message, StringComparison.Ordinal);
    }
}
