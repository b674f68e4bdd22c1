using Parley.Testing.Contracts;
using Parley.Testing.Simulated;
using Parley.Tts;
using Parley.Tts.Caching;

namespace Parley.Core.Tests.Tts.Caching;

/// <summary>A cached synthesiser is a synthesiser like any other.</summary>
public sealed class CachedSynthesizerContractTests : SpeechSynthesizerContract
{
    protected override ISpeechSynthesizer Engine { get; } = CacheUnderTest.Before(
        new SpeechCache(new SpeechCacheOptions { DiskBytes = 0 }, TimeProvider.System),
        new SimulatedSynthesizer(TimeProvider.System), TimeProvider.System);
}
