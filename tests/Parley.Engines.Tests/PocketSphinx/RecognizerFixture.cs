using Parley.PocketSphinx.Asr;

namespace Parley.Engines.Tests.PocketSphinx;

/// <summary>One recogniser with two decoders of each kind for all tests with real speech, which run one after the other.</summary>
public sealed class RecognizerFixture : IDisposable
{
    private readonly Lazy<PocketSphinxRecognizer> _recognizer = new(() => new PocketSphinxRecognizer());

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
