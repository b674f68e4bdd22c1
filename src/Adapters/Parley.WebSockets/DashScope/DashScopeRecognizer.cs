using Parley.Asr;
using Parley.Diagnostics;
using Parley.WebSockets.Sockets;

namespace Parley.WebSockets.DashScope;

/// <summary>Hears while the speaker speaks, over the WebSocket protocol of Model Studio's real-time recognition.</summary>
/// <remarks>
/// Source: Alibaba Cloud, "Paraformer real-time speech recognition", client and server events. Thread-safe, shared by all sessions; an utterance is a
/// task, and a connection serves one task after the other. What was said is not logged and stands in no message.
/// </remarks>
public sealed class DashScopeRecognizer : ISpeechRecognizer, IDisposable
{
    /// <summary>The service closes connections that are without a task for a minute.</summary>
    private static readonly TimeSpan s_maxIdle = TimeSpan.FromSeconds(50);

    /// <summary>A remote recogniser stands behind every other until it is chosen: audio leaves the house by decision.</summary>
    private const int Remote = -2, Local = 10;

    private readonly DashScopeOptions _options;
    private readonly TimeProvider _time;

    public DashScopeRecognizer(string name, DashScopeOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (Name, _options, _time) = (name, options, time ?? TimeProvider.System);
        var key = EngineKey.Read(options.ApiKey, options.ApiKeyEnvironmentVariable);
        KeyValuePair<string, string>[] headers = key is null ? [] : [new("Authorization", $"Bearer {key}")];
        Pool = new SocketPool(VoiceStage.Asr, options.Url, headers, new SocketPoolLimits(options.WarmConnections, s_maxIdle, options.ConnectTimeout), _time);
    }

    public string Name { get; }

    internal SocketPool Pool { get; }

    /// <summary>The registration; the probe makes no call over the network.</summary>
    public static EngineRegistration<ISpeechRecognizer> Registration(string name, DashScopeOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(
            name, () => ServiceProbe.Of(VoiceStage.Asr, name, options.Model, options.Url, options.ApiKey, options.ApiKeyEnvironmentVariable),
            () => new DashScopeRecognizer(name, options, time), options.Attributes.Local ? Local : Remote)
        {
            Attributes = options.Attributes,
        };
    }

    public async ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new DashScopeStream(Name, _options, Pool, await Pool.RentAsync(cancellationToken), request.Language.Split('-')[0].ToLowerInvariant());
    }

    public void Dispose() => Pool.Dispose();
}
