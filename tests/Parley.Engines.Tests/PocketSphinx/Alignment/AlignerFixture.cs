using Parley.PocketSphinx.Alignment;
using Parley.PocketSphinx.Asr;

namespace Parley.Engines.Tests.PocketSphinx.Alignment;

/// <summary>One aligner for all tests.</summary>
public sealed class AlignerFixture : IDisposable
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

    public void Dispose()
    {
        if (_aligner.IsValueCreated) { _aligner.Value.Dispose(); }
    }
}
