using Parley.Resilience;
using Parley.Server.Tests.Hosting;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Native;

/// <summary>Engines that die in the middle of a session: the client is told, is still answered aloud, and is told when they are back.</summary>
public sealed class FailoverTests
{
    private static readonly ResilienceOptions s_hasty = new()
    {
        Asr = Hasty(), Reply = Hasty(), Tts = Hasty(),
    };

    [Theory]
    [InlineData("asr", false)]
    [InlineData("asr", true)]
    [InlineData("reply", false)]
    [InlineData("reply", true)]
    [InlineData("tts", false)]
    [InlineData("tts", true)]
    public async Task Session_AnEngineDiesAndComesBack_AnswersEveryTurn(string stage, bool hangs)
    {
        await using var server = await TestServer.StartAsync(e =>
        {
            e.JoinWithSpares(s_hasty);
            (e.Chat.Texts, e.SpareChat.Texts) = (["Here I am."], ["Still here."]);
        });
        var client = await server.TalkAsync();
        await AnswersAsync(client, 1);
        Assert.Empty(client.Received.OfType<Degraded>());

        Break(server, stage, hangs, broken: true);
        await AnswersAsync(client, 2);
        var degraded = Assert.Single(client.Received.OfType<Degraded>());
        Assert.Equal((stage, "simulated", "spare", null), (degraded.Stage, degraded.From, degraded.To, degraded.Recovered));

        Break(server, stage, hangs, broken: false);
        for (var turn = 3; turn < 30 && client.Received.OfType<Degraded>().Count() < 2; turn++) { await AnswersAsync(client, turn); }
        var recovered = client.Received.OfType<Degraded>().Last();
        Assert.Equal((stage, "spare", "simulated", true), (recovered.Stage, recovered.From, recovered.To, recovered.Recovered));
        Assert.Empty(client.Received.OfType<ErrorMessage>());
    }

    private static void Break(TestServer server, string stage, bool hangs, bool broken)
    {
        var e = server.Engines;
        switch (stage, hangs)
        {
            case ("asr", true): e.Asr.Hangs = broken; break;
            case ("asr", false): e.Asr.Fails = broken; break;
            case ("reply", true): e.Chat.HangsAfter = broken ? 0 : null; break;
            case ("reply", false): e.Chat.FailsAfter = broken ? 0 : null; break;
            case (_, true): e.Tts.Hangs = broken; break;
            default: e.Tts.Fails = broken; break;
        }
    }

    private static async Task AnswersAsync(Parley.Testing.Transports.ConverseClient client, int turn)
    {
        await client.SpeakAsync();
        await client.ExpectAsync<AssistantTextDone>(m => m.GenerationId == turn && m.HeardText.Length > 0 && m.HeardText == m.Text);
        Assert.Contains(client.Received.OfType<AudioPacket>(), p => p.GenerationId == turn);
    }

    /// <summary>A dead engine is given up as late as a busy machine may have a good one answer, and tried again soon.</summary>
    private static StageResilienceOptions Hasty() => new() { Timeout = TimeSpan.FromSeconds(4), Break = TimeSpan.FromMilliseconds(500), Retries = 0 };
}
