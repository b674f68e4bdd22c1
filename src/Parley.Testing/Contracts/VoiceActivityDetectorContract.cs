using Parley.Audio;
using Parley.Vad;
using Xunit;

namespace Parley.Testing.Contracts;

/// <summary>What every <see cref="IVoiceActivityDetector"/> does.</summary>
public abstract class VoiceActivityDetectorContract
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes a detector; skips the test where the engine is not on this machine.</summary>
    protected abstract IVoiceActivityDetector Create();

    /// <summary>The share of windows of steady noise that may be taken for speech.</summary>
    protected virtual double MaxNoiseShare => 0;

    /// <summary>By how much an answer may differ when other streams are judged in the same run.</summary>
    protected virtual float Tolerance => 0;

    [Fact]
    public async Task DetectAsync_Silence_IsNotSpeech()
    {
        var detector = Create();
        using var owned = detector as IDisposable;
        Assert.All(await DetectAsync(detector, new short[3 * AudioMath.SpeechRate]), p => Assert.InRange(p, 0, 0.3f));
    }

    [Theory]
    [InlineData(-50)]
    [InlineData(-30)]
    [InlineData(-15)]
    public async Task DetectAsync_SteadyNoise_IsNotSpeech(double level)
    {
        var detector = Create();
        using var owned = detector as IDisposable;
        Assert.InRange(ShareOfSpeech(await DetectAsync(detector, Noise.White(10 * AudioMath.SpeechRate, level))), 0, MaxNoiseShare);
        Assert.InRange(ShareOfSpeech(await DetectAsync(detector, Noise.Pink(10 * AudioMath.SpeechRate, level))), 0, MaxNoiseShare);
    }

    [Theory]
    [InlineData("speech/jfk.wav")]
    [InlineData("speech/vad-minute.wav")]
    public async Task DetectAsync_RealSpeech_IsFound(string file)
    {
        var detector = Create();
        using var owned = detector as IDisposable;
        var probabilities = await DetectAsync(detector, Read(file));
        Assert.All(probabilities, p => Assert.InRange(p, 0, 1));
        Assert.InRange(ShareOfSpeech(probabilities), 0.6, 0.97);
    }

    [Fact]
    public async Task DetectAsync_WrongLength_ThrowsArgumentException()
    {
        var detector = Create();
        using var owned = detector as IDisposable;
        using var stream = detector.OpenStream();
        foreach (var length in new[] { 0, detector.WindowSamples - 1, detector.WindowSamples + 1 })
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await stream.DetectAsync(new short[length], Token));
        }
        Assert.InRange(await stream.DetectAsync(new short[detector.WindowSamples], Token), 0, 1);
    }

    [Fact]
    public async Task OpenStream_AfterOthersHeardSpeech_HasSilenceAsItsPast()
    {
        var detector = Create();
        using var owned = detector as IDisposable;
        var samples = Read("speech/jfk.wav").AsMemory(0, 2 * AudioMath.SpeechRate);
        Assert.Equal(await DetectAsync(detector, samples), await DetectAsync(detector, samples));
    }

    [Fact]
    public async Task DetectAsync_StreamsInterleaved_DoNotHearEachOther()
    {
        var detector = Create();
        using var owned = detector as IDisposable;
        var speech = Read("speech/jfk.wav");
        var noise = Noise.Pink(speech.Length);
        var expected = (await DetectAsync(detector, speech), await DetectAsync(detector, noise));
        using var first = detector.OpenStream();
        using var second = detector.OpenStream();
        for (var i = 0; i < expected.Item1.Length; i++)
        {
            var at = i * detector.WindowSamples;
            Assert.Equal(expected.Item1[i], await first.DetectAsync(speech.AsMemory(at, detector.WindowSamples), Token));
            Assert.Equal(expected.Item2[i], await second.DetectAsync(noise.AsMemory(at, detector.WindowSamples), Token));
        }
    }

    [Fact]
    public async Task DetectAsync_ManyStreamsAtOnce_GiveWhatEachGivesAlone()
    {
        var detector = Create();
        using var owned = detector as IDisposable;
        var speech = Read("speech/vad-minute.wav");
        var pieces = Enumerable.Range(0, 40).Select(i => speech.AsMemory(i * 20_000, 3 * AudioMath.SpeechRate)).ToArray();
        var alone = new List<float[]>();
        foreach (var piece in pieces) { alone.Add(await DetectAsync(detector, piece)); }
        var together = await Task.WhenAll(pieces.Select(p => Task.Run(() => DetectAsync(detector, p), Token))).WaitAsync(s_timeout, Token);
        for (var i = 0; i < pieces.Length; i++)
        {
            for (var w = 0; w < alone[i].Length; w++)
            {
                Assert.True(Math.Abs(alone[i][w] - together[i][w]) <= Tolerance, $"stream {i}, window {w}: {alone[i][w]} against {together[i][w]}");
            }
        }
    }

    [Fact]
    public async Task DetectAsync_Cancelled_ThrowsAndLeavesTheStreamUsable()
    {
        var detector = Create();
        using var owned = detector as IDisposable;
        using var stream = detector.OpenStream();
        var window = new short[detector.WindowSamples];
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.DetectAsync(window, cancelled));
        Assert.InRange(await stream.DetectAsync(window, Token), 0, 1);
    }

    [Fact]
    public async Task DetectAsync_CancelledAtRandomAmongManyStreams_AnswersOrThrowsCancellation()
    {
        var detector = Create();
        using var owned = detector as IDisposable;
        var speech = Read("speech/jfk.wav");
        await Task.WhenAll(Enumerable.Range(0, 24).Select(seed => Task.Run(() => RunAsync(seed), Token))).WaitAsync(s_timeout, Token);
        var fresh = Create();
        using var ownedFresh = fresh as IDisposable;
        Assert.Equal(await DetectAsync(fresh, speech), await DetectAsync(detector, speech));

        async Task RunAsync(int seed)
        {
            var random = new Random(seed);
            using var stream = detector.OpenStream();
            for (var i = 0; i < 200; i++)
            {
                using var cancellation = new CancellationTokenSource();
                var answer = stream.DetectAsync(speech.AsMemory(i * detector.WindowSamples, detector.WindowSamples), cancellation.Token);
                if (random.Next(3) == 0) { await cancellation.CancelAsync(); }
                try { Assert.InRange(await answer, 0, 1); }
                catch (OperationCanceledException e) { Assert.Equal(cancellation.Token, e.CancellationToken); }
            }
        }
    }

    [Fact]
    public async Task DetectAsync_StreamDisposed_ThrowsObjectDisposedException()
    {
        var detector = Create();
        using var owned = detector as IDisposable;
        var stream = detector.OpenStream();
        stream.Dispose();
        stream.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await stream.DetectAsync(new short[detector.WindowSamples], Token));
    }

    [Fact]
    public async Task Dispose_OfStreamsAndDetectorInMidFlight_EndsEveryCall()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var detector = Create();
            var streams = Enumerable.Range(0, 16).Select(_ => detector.OpenStream()).ToArray();
            var started = streams.Select(_ => new TaskCompletionSource()).ToArray();
            var callers = streams.Zip(started, (stream, answered) => Task.Run(
                () => CallUntilDisposedAsync(stream, detector.WindowSamples, answered), Token)).ToArray();
            await Task.WhenAll(started.Select(s => s.Task)).WaitAsync(s_timeout, Token);
            var random = new Random(seed);
            foreach (var stream in streams.Where(_ => random.Next(2) == 0)) { stream.Dispose(); }
            (detector as IDisposable)?.Dispose();
            foreach (var stream in streams) { stream.Dispose(); }
            await Task.WhenAll(callers).WaitAsync(s_timeout, Token);
            Assert.All(callers, c => Assert.True(c.IsCompletedSuccessfully, $"seed {seed}"));
        }

        static async Task CallUntilDisposedAsync(IVoiceActivityStream stream, int windowSamples, TaskCompletionSource started)
        {
            var window = new short[windowSamples];
            Assert.InRange(await stream.DetectAsync(window, Token), 0, 1);
            started.TrySetResult();
            try
            {
                while (!Token.IsCancellationRequested)
                {
                    Assert.InRange(await stream.DetectAsync(window, Token), 0, 1);
                    // A detector that answers at once would keep the pool's threads from the other callers.
                    await Task.Yield();
                }
            }
            catch (ObjectDisposedException) { }
        }
    }

    /// <summary>Judges whole windows of a clip by a stream of its own.</summary>
    protected static async Task<float[]> DetectAsync(IVoiceActivityDetector detector, ReadOnlyMemory<short> samples)
    {
        using var stream = detector.OpenStream();
        var probabilities = new float[samples.Length / detector.WindowSamples];
        for (var i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = await stream.DetectAsync(samples.Slice(i * detector.WindowSamples, detector.WindowSamples), Token);
        }
        return probabilities;
    }

    private static double ShareOfSpeech(float[] probabilities) => (double)probabilities.Count(p => p >= 0.5f) / probabilities.Length;

    private static short[] Read(string file)
    {
        var audio = WavReader.Read(SharedData.Find(file));
        return Resampler.Convert(audio.Samples, audio.SampleRate, AudioMath.SpeechRate);
    }
}
