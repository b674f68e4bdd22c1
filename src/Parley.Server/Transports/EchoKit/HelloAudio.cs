using Microsoft.Extensions.Logging;
using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Server.Configuration;
using Parley.Sessions;
using Parley.Transports.Protocol;
using Parley.Tts;

namespace Parley.Server.Transports.EchoKit;

/// <summary>What devices play when they have connected: made once, of a file or by the synthesiser that they talk to.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class HelloAudio(EchoKitOptions options, SessionServices services, AudioCodecs codecs, ILogger<HelloAudio> logger) : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>A device waits for its hello before it listens.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1);
    private byte[]? _made;

    /// <summary>The WAV file, 16 kHz mono; empty where there is to be none, or it cannot be made now. Takes five seconds at most.</summary>
    public async Task<ReadOnlyMemory<byte>> GetAsync()
    {
        if (_made is { } made) { return made; }
        using var limit = new CancellationTokenSource(s_patience, services.Time);
        try
        {
            await _gate.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return default;
        }
        try
        {
            return _made ??= ToWav(options.HelloFile.Length > 0 ? ReadFile() : await SpeakAsync(limit.Token));
        }
        catch (Exception e) when (e is VoiceException or AudioFormatException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            LogFailed(e is OperationCanceledException ? "it takes too long." : e.Message);
            return default;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private short[] ReadFile()
    {
        using var file = File.OpenRead(options.HelloFile);
        using var decoder = codecs.OpenDecoder(file);
        var samples = new List<short>();
        foreach (var piece in SpeechAudio.Read(decoder, s_longest)) { samples.AddRange(piece.Span); }
        return [.. samples];
    }

    private async Task<short[]> SpeakAsync(CancellationToken cancellationToken)
    {
        var language = options.Language.Length > 0 ? options.Language : "en-US";
        var engines = services.Engines.Select(new SessionConfig { Language = language }).Tts;
        var samples = new List<short>();
        if (engines.Count == 0 || options.Hello.Length == 0) { return []; }
        var speaker = new TextSpeaker(engines, services.Options.TtsTimeout, services.Time);
        await foreach (var chunk in speaker.SpeakAsync(options.Hello, options.Voice, language, speed: 1, cancellationToken))
        {
            samples.AddRange(Resampler.Convert(chunk.Samples.Span, chunk.SampleRate, AudioMath.SpeechRate));
        }
        return [.. samples];
    }

    private static byte[] ToWav(short[] samples)
    {
        if (samples.Length == 0) { return []; }
        using var file = new MemoryStream();
        using (var writer = new WavWriter(file, AudioMath.SpeechRate, leaveOpen: true, samples: samples.Length)) { writer.Write(samples); }
        return file.ToArray();
    }

    [LoggerMessage(LogLevel.Warning, "Devices are greeted without a word: {Why}")]
    private partial void LogFailed(string why);
}
