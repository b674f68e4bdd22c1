using Parley.Server.Tests.Hosting;
using Parley.Testing.Transports;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Server.Tests.Native;

/// <summary>Sessions that break off leave no memory behind.</summary>
/// <remarks>What is measured is the whole process, so that no other test may run meanwhile.</remarks>
[Collection(nameof(Alone))]
public sealed class DisconnectMemoryTests
{
    private const int Disconnects = 200, AtOnce = 10, WarmUp = 40;

    /// <summary>What a session holds at least (measured: 26 KiB idle); a leak of all of them is well above the bound.</summary>
    private const long AllowedGrowth = Disconnects * 8 * 1024;

    private enum Moment
    {
        Connected,
        Idle,
        Speaking,
        Thinking,
        SpokenTo,
    }

    [Fact]
    public async Task Abort_200TimesAtRandomMoments_LeavesNothingBehind()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed: {seed}");
        var random = new Random(seed);
        // What is kept to be resumed is no leak: the warm-up fills such a store, and from then on it does not grow.
        await using var server = await TestServer.StartAsync(DisconnectTests.Slow, store: new InMemorySessionStore(TimeProvider.System, maxSessions: 2 * AtOnce));

        await AbortManyAsync(server, WarmUp, random);
        var before = await MemoryAsync(server);
        await AbortManyAsync(server, Disconnects, random);
        var growth = await MemoryAsync(server) - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"Growth: {growth / 1024} KiB");

        Assert.True(growth < AllowedGrowth, $"Seed {seed}: {growth / 1024} KiB more after {Disconnects} disconnects.");
    }

    private static async Task AbortManyAsync(TestServer server, int count, Random random)
    {
        for (var done = 0; done < count; done += AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => AbortAsync(server, (Moment)random.Next(5), random.Next(12))));
        }
    }

    /// <param name="server">The server.</param>
    /// <param name="moment">What goes on when the line is cut.</param>
    /// <param name="more">Frames that are sent, or things that are received, before it is.</param>
    private static async Task AbortAsync(TestServer server, Moment moment, int more)
    {
        using var client = new ConverseClient();
        await client.ConnectAsync(server.WebSocket);
        if (moment != Moment.Connected)
        {
            await client.SendAsync(new SessionStart());
            await client.ExpectAsync<SessionReady>();
        }
        switch (moment)
        {
            case Moment.Speaking:
                for (var i = 0; i < 3 + more; i++) { await client.SendAudioAsync(Voice.Speech(20)); }
                break;
            case Moment.Thinking:
                await client.SpeakAsync();
                await client.ExpectAsync<StateUpdate>(s => s.State == TurnState.Thinking);
                break;
            case Moment.SpokenTo:
                await client.SpeakAsync();
                await client.ExpectAsync<AudioPacket>();
                for (var i = 0; i < more; i++) { await client.ReceiveAsync(); }
                break;
        }
        client.Socket.Abort();
    }

    private static async Task<long> MemoryAsync(TestServer server)
    {
        await server.SettleAsync();
        lock (server.Engines.Chat.Prompts)
        {
            server.Engines.Chat.Prompts.Clear();
            server.Engines.Chat.Options.Clear();
        }
        lock (server.Engines.Asr.Requests) { server.Engines.Asr.Requests.Clear(); }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
