using System.Net.WebSockets;
using System.Text;
using Parley.Diagnostics;
using Parley.WebSockets.Sockets;

namespace Parley.Core.Tests.WebSockets;

public sealed class ServiceSocketTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task ReceiveAsync_MessageThatIsThere_IsGiven()
    {
        using var socket = Open("said");
        var message = await socket.ReceiveAsync(s_timeout, TestContext.Current.CancellationToken);
        Assert.Equal("said", Encoding.UTF8.GetString(message.Span));
    }

    [Fact]
    public async Task ReceiveAsync_CancelledWhenAMessageIsThereAlready_ThrowsAndLeavesTheSocketToNoOther()
    {
        using var socket = Open("said");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => socket.ReceiveAsync(s_timeout, cancelled.Token));
        Assert.False(socket.IsOpen);
    }

    /// <summary>A socket to a service that has said all of its text: nothing is waited for.</summary>
    private static ServiceSocket Open(string text)
    {
        byte[] frame = [0x81, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
        return new(VoiceStage.Tts, WebSocket.CreateFromStream(new MemoryStream(frame), new WebSocketCreationOptions()), TimeProvider.System);
    }
}
