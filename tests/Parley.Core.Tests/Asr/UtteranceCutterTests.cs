using Parley.Asr;
using Parley.Audio;
using Parley.Testing.Simulated;

namespace Parley.Core.Tests.Asr;

public sealed class UtteranceCutterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    public async Task CutAsync_Short_StaysWhole(int seconds)
    {
        var recording = Recording((seconds, 1));
        var utterance = Assert.Single(await CutAsync(recording, 4_000));
        Assert.Equal(recording, utterance.Samples.ToArray());
        Assert.Equal(TimeSpan.Zero, utterance.Offset);
    }

    [Fact]
    public async Task CutAsync_Long_IsCutInThePausesAndLosesNothing()
    {
        var recording = Recording((5, 1), (5, 1), (5, 1), (5, 1));
        var utterances = await CutAsync(recording, 4_000);

        Assert.Equal(recording, utterances.SelectMany(u => u.Samples.ToArray()));
        Assert.Equal(4, utterances.Count(u => u.Samples.Span.IndexOfAnyExceptInRange((short)-1000, (short)1000) >= 0));
        var end = TimeSpan.Zero;
        foreach (var utterance in utterances)
        {
            Assert.Equal(end, utterance.Offset);
            Assert.InRange(utterance.Duration, TimeSpan.Zero, UtteranceCutter.Longest);
            end = utterance.End;
        }
    }

    [Fact]
    public async Task CutAsync_NoPauseAtAll_IsCutAtTheLongest()
    {
        var utterances = await CutAsync(Recording((50, 0)), 16_000);
        Assert.Equal([20, 20, 10], utterances.Select(u => u.Duration.TotalSeconds));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(16_000)]
    [InlineData(10_000_000)]
    public async Task CutAsync_PiecesOfAnyLength_CutsAlike(int piece)
    {
        var recording = Recording((5, 1), (12, 1), (9, 1), (2, 1));
        Assert.Equal((await CutAsync(recording, 4_000)).Select(u => u.Offset), (await CutAsync(recording, piece)).Select(u => u.Offset));
    }

    [Fact]
    public async Task CutAsync_Nothing_GivesNothing() => Assert.Empty(await CutAsync([], 4_000));

    [Fact]
    public async Task TranscribeAsync_Long_GivesWordsTheirTimeInTheRecording()
    {
        var recognizer = new SimulatedRecognizer(TimeProvider.System) { Texts = ["one two", "three"] };
        var utterances = new List<TranscribedUtterance>();
        await foreach (var utterance in RecordingTranscriber.TranscribeAsync(
            recognizer, new SimulatedVad(), new RecognitionRequest(), [Recording((10, 1), (10, 0))], TestContext.Current.CancellationToken))
        {
            utterances.Add(utterance);
        }

        Assert.Equal(["one two", "three"], utterances.Select(u => u.Transcript.Text));
        Assert.All(utterances[1].Words, w => Assert.InRange(w.Start, TimeSpan.FromSeconds(10), utterances[1].End));
        Assert.Equal(0, recognizer.OpenStreams);
    }

    /// <summary>Speech and silence in turn, each of so many seconds.</summary>
    private static short[] Recording(params (int Speech, int Silence)[] parts) =>
        [.. parts.SelectMany(p => SimulatedSynthesizer.Tone(p.Speech * AudioMath.SpeechRate).Concat(new short[p.Silence * AudioMath.SpeechRate]))];

    private static async Task<List<AudioFrame>> CutAsync(short[] recording, int piece)
    {
        var detector = new SimulatedVad();
        var frames = new List<AudioFrame>();
        var pieces = recording.Chunk(piece).Select(p => new ReadOnlyMemory<short>(p));
        await foreach (var frame in UtteranceCutter.CutAsync(pieces, detector, TestContext.Current.CancellationToken)) { frames.Add(frame); }
        Assert.Equal(0, detector.OpenStreams);
        return frames;
    }
}
