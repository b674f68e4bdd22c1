using Parley.PocketSphinx.Asr;

namespace Parley.Engines.Tests.PocketSphinx;

/// <summary>One recogniser with two decoders of each kind for all tests with real speech, which run one after the other.</summary>
public sealed class RecognizerFixture : IDisposable
{
    // A busy build machine is no reason to fail.
    private static readonly PocketSphinxOptions s_patient = new() { LeaseTimeout = TimeSpan.FromMinutes(1), DecodeTimeout = TimeSpan.FromMinutes(2) };

    private readonly Lazy<PocketSphinxRecognizer> _recognizer = new(() => new PocketSphinxRecognizer(s_patient));

    public PocketSphinxRecognizer Recognizer
    {
        get
        {
            var status = PocketSphinxRecognizer.Registration().Probe();
            Assert.SkipUnless(status.Available, status.Detail);
            return _recognizer.Value;
        }
    }

    public void Dispose()
    {
        if (_recognizer.IsValueCreated) { _recognizer.Value.Dispose(); }
    }
}

[CollectionDefinition(nameof(RealSpeech))]
public sealed class RealSpeech : ICollectionFixture<RecognizerFixture>;
