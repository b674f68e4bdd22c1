using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Bench.Load.Dialects;

/// <summary><c>parley.v1</c>.</summary>
internal sealed class NativeLine : IDialectLine
{
    private readonly ConverseClient _client;

    private NativeLine(ConverseClient client) => _client = client;

    public static async Task<IDialectLine> ConnectAsync(Uri server) => new NativeLine(await ConverseClient.StartAsync(server, new SessionConfig
    {
        Audio = new AudioConfig { In = new AudioInConfig { SampleRate = IDialectLine.SampleRate }, Out = new AudioOutConfig { SampleRate = IDialectLine.SampleRate } },
    }));

    public void Send(ReadOnlyMemory<byte> pcm) => _client.SendAudioAsync(pcm).GetAwaiter().GetResult();

    public async Task<Heard?> HearAsync() => await _client.ReceiveAsync() switch
    {
        null => null,
        AudioPacket packet => new Heard(HeardKind.Audio, packet.Samples.Length),
        AudioEnded => new Heard(HeardKind.Done),
        ErrorMessage => new Heard(HeardKind.Error),
        _ => new Heard(HeardKind.Other),
    };

    public Task EndAsync() => _client.SendAsync(new SessionEnd());

    public void Dispose() => _client.Dispose();
}
