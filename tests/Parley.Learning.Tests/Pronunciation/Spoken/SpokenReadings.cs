using Parley.Audio;
using Parley.Flite.Tts;
using Parley.PocketSphinx.Alignment;
using Parley.PocketSphinx.Asr;
using Parley.Tts;

namespace Parley.Learning.Tests.Pronunciation.Spoken;

/// <summary>Voices that read, and the aligner that hears them. A test on a machine without them is skipped.</summary>
public sealed class SpokenReadings : IDisposable
{
    // A busy build machine is no reason to fail.
    private readonly Lazy<PocketSphinxAligner> _aligner = new(
        () => new PocketSphinxAligner(new PocketSphinxOptions { LeaseTimeout = TimeSpan.FromMinutes(1), DecodeTimeout = TimeSpan.FromMinutes(2) }));

    public PocketSphinxAligner Aligner
    {
        get
        {
            var status = PocketSphinxAligner.Registration().Probe();
            Assert.SkipUnless(status.Available, status.Detail);
            return _aligner.Value;
        }
    }

    public static FliteSynthesizer Flite()
    {
        var status = FliteEngine.Probe();
        Assert.SkipUnless(status.Available, status.Detail);
        return new();
    }

    /// <summary>Flite reads a text.</summary>
    public static async Task<short[]> ReadAsync(string text, string? voice = null, double speed = 1)
    {
        var (samples, rate) = (new List<short>(), AudioMath.SpeechRate);
        await foreach (var chunk in Flite().SynthesizeAsync(new SpeechRequest(text, voice, Speed: speed), TestContext.Current.CancellationToken))
        {
            samples.AddRange(chunk.Samples.Span);
            rate = chunk.SampleRate;
        }
        return rate == AudioMath.SpeechRate ? [.. samples] : Resampler.Convert([.. samples], rate, AudioMath.SpeechRate);
    }

    public void Dispose()
    {
        if (_aligner.IsValueCreated) { _aligner.Value.Dispose(); }
    }
}
