using System.Text;
using Parley.Transports.EchoKit;

namespace Parley.Core.Tests.Transports.EchoKit;

public sealed class EchoKitCommandTests
{
    [Fact]
    public void Read_CommandsOfTheFirmware_AreUnderstood()
    {
        Assert.Equal(new StartChat(), Read("""{"event":"StartChat"}"""));
        Assert.Equal(new StartRecord(), Read("""{"event":"StartRecord"}"""));
        Assert.Equal(new Submit(), Read("""{ "more": 1, "event" : "Submit" }"""));
        Assert.Equal(new TypedText("hello"), Read("""{"event":"Text","input":"hello"}"""));
        Assert.Equal(new TypedText("hello"), Read("""{"input":"hello","event":"Text"}"""));
        Assert.Equal(new Select(2), Read("""{"event":"Select","index":2}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"event":"Dance"}""")]
    [InlineData("""{"event":7}""")]
    [InlineData("""{"event":"startchat"}""")]
    [InlineData("""{"event":"Select","index":-1}""")]
    [InlineData("""{"event":"Text","input":7}""")]
    [InlineData("""{"event":"StartChat" """)]
    public void Read_AnythingElse_IsNothing(string json) => Assert.Null(Read(json));

    private static EchoKitCommand? Read(string json) => EchoKitCommand.Read(Encoding.UTF8.GetBytes(json));
}
