using System.Net.WebSockets;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Realtime;
using Parley.Sessions.Admission;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Native;

/// <summary>The machine has too much to do: new conversations are told so, those that run go on, and those whose line broke come back.</summary>
public sealed class AdmissionTests
{
    private LoadReading _load;

    private AdmissionGate Gate => field ??= new AdmissionGate(new AdmissionOptions { AlwaysAdmit = 0 }, TimeProvider.System, () => _load);

    [Fact]
    public async Task Start_TooMuchToDo_IsOverloadedAndTheOthersGoOn()
    {
        await using var server = await TestServer.StartAsync(gate: Gate);
        var first = await server.TalkAsync();
        _load = new(Cpu: 0.99, default);
        var second = await server.ConnectAsync();

        await second.SendAsync(new SessionStart());
        var error = await second.ExpectAsync<ErrorMessage>();

        Assert.True(error is { Code: ErrorCodes.Overloaded, Fatal: true, Retryable: true, RetryAfterMs: >= 2_000 and < 5_000 }, error.ToString());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await second.ExpectCloseAsync());
        await first.SpeakAsync();
        await first.ExpectAsync<ReplyFinished>();
    }

    [Fact]
    public async Task Start_ManyAreTurnedAway_AreToldDifferentTimes()
    {
        await using var server = await TestServer.StartAsync(gate: Gate);
        _load = new(Cpu: 0, TimeSpan.FromSeconds(1));

        var waits = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            var client = await server.ConnectAsync();
            await client.SendAsync(new SessionStart());
            return (await client.ExpectAsync<ErrorMessage>()).RetryAfterMs;
        }));

        Assert.Equal(10, waits.Distinct().Count());
    }

    [Fact]
    public async Task Resume_TooMuchToDo_GoesOn()
    {
        await using var server = await TestServer.StartAsync(gate: Gate);
        var first = await server.TalkAsync();
        var ready = first.Received.OfType<SessionReady>().Single();
        _load = new(Cpu: 0.99, default);
        first.Socket.Abort();

        var again = await server.ConnectAsync();
        await again.SendAsync(new SessionResume(ready.SessionId, ready.ResumeToken, ready.Seq));

        Assert.True((await again.ExpectAsync<SessionReady>()).Resumed);
        await again.SpeakAsync();
        await again.ExpectAsync<ReplyFinished>();
    }

    [Fact]
    public async Task Resume_AllPlacesAreTaken_GoesOn()
    {
        await using var server = await TestServer.StartAsync(maxSessions: 1);
        var first = await server.TalkAsync();
        var ready = first.Received.OfType<SessionReady>().Single();
        first.Socket.Abort();
        await server.SettleAsync();
        await server.TalkAsync();

        var again = await server.ConnectAsync();
        await again.SendAsync(new SessionResume(ready.SessionId, ready.ResumeToken, ready.Seq));

        Assert.True((await again.ExpectAsync<SessionReady>()).Resumed);
    }

    [Fact]
    public async Task Start_AfterAResumeThatDidNotFit_AsksLikeEverybody()
    {
        await using var server = await TestServer.StartAsync(gate: Gate);
        _load = new(Cpu: 0.99, default);
        var client = await server.ConnectAsync();

        await client.SendAsync(new SessionResume("nobody", "nothing", 1));
        Assert.Equal(ErrorCodes.UnknownSession, (await client.ExpectAsync<ErrorMessage>()).Code);
        await client.SendAsync(new SessionStart());

        Assert.Equal(ErrorCodes.Overloaded, (await client.ExpectAsync<ErrorMessage>()).Code);
    }

    [Fact]
    public async Task Realtime_TooMuchToDo_IsToldBeforeItsSessionIsMade()
    {
        await using var server = await TestServer.StartAsync(gate: Gate);
        _load = new(Cpu: 0.99, default);
        using var client = await RealtimeClient.StartAsync(server.WebSocket);

        var error = await client.ExpectAsync("error");

        Assert.Equal("overloaded", error.GetProperty("error").GetProperty("code").GetString());
        Assert.Null(await client.ReceiveAsync(TestContext.Current.CancellationToken));
    }
}
