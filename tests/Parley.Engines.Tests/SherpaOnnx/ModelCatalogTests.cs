using Parley.SherpaOnnx.Catalog;

namespace Parley.Engines.Tests.SherpaOnnx;

public sealed class ModelCatalogTests
{
    [Fact]
    public void Models_EveryEntry_IsWhole()
    {
        Assert.InRange(ModelCatalog.Models.Count, 10, 100);
        Assert.Equal(ModelCatalog.Models.Count, ModelCatalog.Models.Select(m => m.Name).Distinct().Count());
        Assert.All(ModelCatalog.Models, m =>
        {
            Assert.Matches("^[a-z0-9][a-z0-9.-]{0,63}$", m.Name); // it becomes a name in the configuration
            Assert.Contains(m.Stage, new[] { "asr", "tts", "text" });
            Assert.NotEmpty(m.Languages);
            Assert.NotEmpty(m.Licence);
            Assert.NotEmpty(m.Files);
            Assert.All(m.Files, f =>
            {
                Assert.Equal("https", f.Url.Scheme);
                Assert.InRange(f.Bytes, 1_000_000, 2_000_000_000);
                Assert.True(f.Sha256 is null || f.Sha256.Length == 64 && f.Sha256.All(char.IsAsciiHexDigitLower));
            });
        });
    }

    [Fact]
    public void Find_AnyCase_FindsIt()
    {
        Assert.Equal("kokoro-en", ModelCatalog.Find("Kokoro-EN")?.Name);
        Assert.Null(ModelCatalog.Find("nothing"));
    }
}
