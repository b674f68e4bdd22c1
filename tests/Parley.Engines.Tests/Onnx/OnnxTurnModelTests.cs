using Parley.Diagnostics;
using Parley.Onnx.Turns;
using Parley.Onnx.Vad;

namespace Parley.Engines.Tests.Onnx;

public sealed class OnnxTurnModelTests : IDisposable
{
    private const int Samples = 128_000;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"parley-{Guid.NewGuid():n}.onnx");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task JudgeAsync_ShortAudio_StandsAtTheEndOfTheInput()
    {
        using var model = Load(OnnxBytes.SampleModel(Samples, Samples - 1));

        Assert.Equal(Sigmoid(0.5), await model.JudgeAsync(new short[] { 0, 16_384 }, TestContext.Current.CancellationToken), 0.001);
    }

    [Fact]
    public async Task JudgeAsync_ShortAudioAfterLong_IsPaddedWithZeros()
    {
        using var model = Load(OnnxBytes.SampleModel(Samples, Samples - 3));
        await model.JudgeAsync(Enumerable.Repeat((short)16_384, Samples).ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(0.5, await model.JudgeAsync(new short[] { 16_384, 16_384 }, TestContext.Current.CancellationToken), 0.001);
    }

    [Fact]
    public async Task JudgeAsync_MoreThanTheWindow_HearsTheEnd()
    {
        using var model = Load(OnnxBytes.SampleModel(Samples, 0));
        var audio = new short[Samples + 10];
        audio[10] = -16_384;

        Assert.Equal(Sigmoid(-0.5), await model.JudgeAsync(audio, TestContext.Current.CancellationToken), 0.001);
    }

    [Fact]
    public async Task JudgeAsync_Cancelled_ThrowsAndTheModelGoesOn()
    {
        using var model = Load(OnnxBytes.SampleModel(Samples, 0));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.JudgeAsync(new short[10], new CancellationToken(canceled: true)));
        Assert.Equal(0.5, await model.JudgeAsync(new short[10], TestContext.Current.CancellationToken), 0.001);
    }

    [Fact]
    public void Constructor_MissingFile_NamesIt() =>
        Assert.Contains("does not exist", Refused("/nowhere/turn.onnx").Message, StringComparison.Ordinal);

    [Fact]
    public void Constructor_NoOnnxFile_IsRefused()
    {
        File.WriteAllText(_file, "not a model");

        Assert.Contains(_file, Refused(_file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_OtherInputLength_IsRefused()
    {
        File.WriteAllBytes(_file, OnnxBytes.SampleModel(16_000, 0));

        Assert.Equal(VoiceStage.Turn, Refused(_file).Stage);
    }

    [Fact]
    public void Constructor_OutputThatIsNoProbability_IsRefused()
    {
        File.WriteAllBytes(_file, OnnxBytes.SampleModel(Samples, 0, "Log"));

        Assert.Contains("probability", Refused(_file).Message, StringComparison.Ordinal);
    }

    private OnnxTurnModel Load(byte[] model)
    {
        SkipWithoutRuntime();
        File.WriteAllBytes(_file, model);
        return new OnnxTurnModel(_file);
    }

    private static VoiceException Refused(string file)
    {
        SkipWithoutRuntime();
        return Assert.Throws<VoiceException>(() => new OnnxTurnModel(file));
    }

    private static void SkipWithoutRuntime()
    {
        var status = SileroVoiceActivityDetector.Register().Probe();
        Assert.SkipUnless(status.Version.Length > 0, status.Detail);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
