using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;
using Parley.WebSockets.DashScope;

namespace Parley.Core.Tests.Diagnostics;

public sealed class EngineKeyTests
{
    [Theory]
    [InlineData("key", "key")]
    [InlineData(" key\r\n", "key")]
    [InlineData("\n", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Read_Text_IsTheKeyWithoutWhiteSpaceAround(string? text, string? key) => Assert.Equal(key, EngineKey.Read(text, null));

    [Fact]
    public void Read_VariableIsNotSet_IsNone()
    {
        Assert.Null(EngineKey.Read(null, "PARLEY_TEST_NO_SUCH_KEY"));
        Assert.False(EngineKey.IsSet("PARLEY_TEST_NO_SUCH_KEY"));
    }

    [Theory]
    [InlineData("very\nsecret")]
    [InlineData("very secret")]
    [InlineData("verysecrét")]
    public void Engines_NoKey_AreRefusedWithoutRepeatingIt(string key)
    {
        var upstream = new UpstreamOptions { BaseUrl = new Uri("http://127.0.0.1:1/v1"), ApiKey = key };
        Action[] creations = [() => UpstreamPool.Of("far", upstream).Lease("far"), () => _ = new DashScopeRecognizer("far", new DashScopeOptions { ApiKey = key })];

        foreach (var create in creations)
        {
            var failure = Assert.Throws<VoiceException>(create);
            Assert.Equal(FailureClass.Resource, failure.Class);
            Assert.Contains("ApiKey", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("very", failure.ToString(), StringComparison.Ordinal);
        }
    }
}
