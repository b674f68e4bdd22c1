using Parley.Server.Tests.Hosting;
using Parley.Testing.Simulated;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Server.Tests.Native;

public sealed class SpokenTurnTests
{
    private const string Answer = "Nice to meet you.";

    private const int AnswerSamples = 4 * SimulatedSynthesizer.WordSamples;

    [Fact]
    public async Task Turn_OverBinaryFrames_IsAnsweredAloud()
    {
        await using var server = await TestServer.StartAsync(e => e.Chat.Texts = [Answer]);
        var client = await server.TalkAsync();

        await client.SpeakAsync();
        var done = await client.ExpectAsync<AssistantTextDone>(m => m.HeardText == Answer);

        Assert.Equal(Answer, done.Text);
        Assert.Equal("hello there my friend", Assert.Single(client.Received.OfType<AsrFinal>()).Text);
        Assert.Equal(
            [TurnState.Listening, TurnState.Thinking, TurnState.Speaking], client.Received.OfType<StateUpdate>().Select(s => s.State));
        AssertSeamless(client.Received.OfType<AudioPacket>().Select(p => (p.SampleOffset, p.Samples.Length)), AnswerSamples);
        var metrics = Assert.Single(client.Received.OfType<TurnMetrics>());
        Assert.NotNull(metrics.OverheadMs);
    }

    [Fact]
    public async Task Turn_OverJson_IsAnsweredInJson()
    {
        await using var server = await TestServer.StartAsync(e => e.Chat.Texts = [Answer]);
        var client = await server.TalkAsync(new SessionConfig { Audio = new AudioConfig { Out = new AudioOutConfig { Transport = AudioTransport.Json } } });

        var id = 0;
        foreach (var part in Voice.Speech(600).Concat(Voice.Silence(600)).Chunk(1_280))
        {
            await client.SendAsync(new AudioChunk(Convert.ToBase64String(part), 16_000, ChunkId: id++));
        }
        await client.ExpectAsync<AssistantTextDone>(m => m.HeardText == Answer);

        Assert.DoesNotContain(client.Received, r => r is AudioPacket);
        var chunks = client.Received.OfType<TtsAudioChunk>().ToArray();
        Assert.All(chunks, c => Assert.Equal((AudioCodec.Pcm16, 16_000), (c.Codec, c.SampleRate)));
        AssertSeamless(chunks.Select(c => (c.SampleOffset, Convert.FromBase64String(c.AudioBase64).Length / 2)), AnswerSamples);
    }

    [Fact]
    public async Task Turn_FinalAudioChunk_EndsTheTurnWithoutSilence()
    {
        await using var server = await TestServer.StartAsync();
        var client = await server.TalkAsync();

        await client.SendAsync(new AudioChunk(Convert.ToBase64String(Voice.Speech(600)), 16_000, IsFinal: true));

        Assert.Equal("hello there my friend", (await client.ExpectAsync<AsrFinal>()).Text);
    }

    [Fact]
    public async Task Turn_24KilohertzInAnd48Out_KeepsItsLengthInTime()
    {
        await using var server = await TestServer.StartAsync(e => e.Chat.Texts = [Answer]);
        var client = await server.TalkAsync(new SessionConfig
        {
            Audio = new AudioConfig { In = new AudioInConfig { SampleRate = 24_000 }, Out = new AudioOutConfig { SampleRate = 48_000 } },
        });

        await client.SpeakAsync(sampleRate: 24_000);
        await client.ExpectAsync<AssistantTextDone>(m => m.HeardText == Answer);

        var final = Assert.Single(client.Received.OfType<AsrFinal>());
        // The speech, and the silence until the turn ended.
        Assert.InRange(final.Words[^1].EndMs, 940, 1_060);
        AssertSeamless(client.Received.OfType<AudioPacket>().Select(p => (p.SampleOffset, p.Samples.Length)), 3 * AnswerSamples);
    }

    private static void AssertSeamless(IEnumerable<(long Offset, int Samples)> packets, long total)
    {
        long next = 0;
        foreach (var (offset, samples) in packets)
        {
            Assert.Equal(next, offset);
            next += samples;
        }
        Assert.Equal(total, next);
    }
}
