using System.Text;
using Parley.OpenAICompatible.Chat;
using Parley.Replies.Wire;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>What the scanner finds in the deltas that servers send.</summary>
public sealed class WireChunkScannerTests
{
    [Theory]
    [InlineData("""{"content":"Hi"}""")]
    [InlineData("""{"role":"assistant","refusal":"No."}""")]
    [InlineData("""{"content":null,"reasoning_content":"Hm"}""")]
    [InlineData("""{"reasoning_details":[{"type":"reasoning.text","text":"Hm"}]}""")]
    [InlineData("""{"audio":{"data":"AAAA"}}""")]
    [InlineData("""{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}},{"index":1}]}""")]
    public void TryScan_DeltaWithSomethingInIt_Tells(string delta)
    {
        Assert.True(TryScan(delta, out var tells));
        Assert.True(tells);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"role":"assistant","content":""}""")]
    [InlineData("""{"role":"assistant","content":"","reasoning":null,"reasoning_details":[]}""")]
    [InlineData("""{"role":"assistant","audio":{},"tool_calls":[],"refusal":null}""")]
    [InlineData("""{"tool_calls":null,"annotations":[ ]}""")]
    public void TryScan_EmptyDelta_TellsNothing(string delta)
    {
        Assert.True(TryScan(delta, out var tells));
        Assert.False(tells);
    }

    [Theory]
    [InlineData("""{"content":[]}""")]
    [InlineData("""{"tool_calls":{}}""")]
    [InlineData("""{"tool_calls":[7]}""")]
    [InlineData("""{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}""")]
    [InlineData("""{"tool_calls":[{"index":0,"id":"a"},{"index":null,"id":"b"}]}""")]
    [InlineData("""{"tool_calls":[{"index":"0","id":"a"}]}""")]
    [InlineData("""{"tool_calls":[{"index":0.5,"id":"a"}]}""")]
    public void TryScan_DeltaOffTheBook_MustBeDecoded(string delta) => Assert.False(TryScan(delta, out _));

    private static bool TryScan(string delta, out bool tells) => WireChunkScanner.TryScan(
        Encoding.UTF8.GetBytes($$"""{"id":"c","object":"x","created":1,"model":"m","choices":[{"index":0,"delta":{{delta}},"finish_reason":null}]}"""), new WireChunk(), out tells, out _);
}
