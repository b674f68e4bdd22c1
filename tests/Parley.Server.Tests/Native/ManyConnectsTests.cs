using Parley.Server.Tests.Hosting;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Native;

/// <summary>A thousand clients come in the same moment.</summary>
/// <remarks>They need the machine, so that no other test may run meanwhile.</remarks>
[Collection(nameof(Alone))]
public sealed class ManyConnectsTests
{
    private const int Many = 1_000;

    [Fact]
    public async Task Connects_1000AtOnce_AllGetTheirSession()
    {
        await using var server = await TestServer.StartAsync(maxSessions: Many + 1);
        var before = await server.TalkAsync();

        var clients = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => server.TalkAsync()));

        Assert.Equal(Many, clients.Select(c => c.Received.OfType<SessionReady>().Single().SessionId).Distinct().Count());
        await before.SpeakAsync();
        await before.ExpectAsync<ReplyFinished>();
        foreach (var client in clients) { client.Socket.Abort(); }
        before.Socket.Abort();
        await server.SettleAsync();
    }

    [Fact]
    public async Task Connects_1000AtOnceWithRoomFor100_TheOthersAreToldWhenToComeBack()
    {
        const int Room = 100;
        await using var server = await TestServer.StartAsync(maxSessions: Room);

        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(async _ =>
        {
            var client = await server.ConnectAsync();
            await client.SendAsync(new SessionStart());
            return await client.ExpectAsync<ServerMessage>(m => m is SessionReady or ErrorMessage);
        }));

        Assert.Equal(Room, answers.OfType<SessionReady>().Count());
        Assert.All(answers.OfType<ErrorMessage>(), e => Assert.True(e is { Code: ErrorCodes.Overloaded, Retryable: true, RetryAfterMs: > 0 }, e.ToString()));
    }
}
