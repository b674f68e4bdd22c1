using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Asr;
using Parley.OpenAICompatible.Chat;
using Parley.OpenAICompatible.Http;
using Parley.OpenAICompatible.Tts;
using Parley.Policy;
using Parley.Tts;
using Parley.WebSockets.DashScope;
using Parley.WebSockets.ElevenLabs;

namespace Parley.Server.Configuration;

/// <summary>The engines that are named in the configuration, on servers that are named there too. A server has one pool of connections, however many engines use it.</summary>
internal sealed class UpstreamEngines
{
    private readonly ParleyConfiguration _configuration;

    /// <summary>Reads all named engines.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong, or an engine names a server that is not there; the message names the key.</exception>
    public UpstreamEngines(ParleyConfiguration configuration, TimeProvider time)
    {
        _configuration = configuration;
        Upstreams = new UpstreamPool(configuration.ReadNamed<UpstreamOptions>("Upstreams"), time);
        Chat =
        [
            OpenAIChatEngine.Registration(configuration.Read<OpenAIChatOptions>("OpenAI"), time),
            .. Named("Chat", configuration.ReadNamed<ChatEngineOptions>("Chat"), o => (o.Upstream, o.Attributes),
                (name, options) => OpenAIChatEngine.Registration(name, options, Upstreams, time)),
        ];
        Transcription = [.. Named("Transcription", configuration.ReadNamed<TranscriptionEngineOptions>("Transcription"), o => (o.Upstream, o.Attributes),
            (name, options) => TranscriptionEngine.Registration(name, options, Upstreams, time)),
            .. configuration.ReadNamed<DashScopeOptions>("DashScope").Select(e => DashScopeRecognizer.Registration(e.Key, e.Value, time))];
        Speech = [.. Named("Speech", configuration.ReadNamed<SpeechEngineOptions>("Speech"), o => (o.Upstream, o.Attributes),
            (name, options) => SpeechEngine.Registration(name, options, Upstreams, time)),
            .. configuration.ReadNamed<ElevenLabsOptions>("ElevenLabs").Select(e => ElevenLabsSynthesizer.Registration(e.Key, e.Value, time))];
    }

    /// <summary>The servers, for engines of further kinds.</summary>
    public UpstreamPool Upstreams { get; }

    /// <summary>Language models, the short form <c>Parley:OpenAI</c> among them.</summary>
    public IReadOnlyList<EngineRegistration<IChatClient>> Chat { get; }

    /// <summary>Recognisers.</summary>
    public IReadOnlyList<EngineRegistration<ISpeechRecognizer>> Transcription { get; }

    /// <summary>Synthesisers.</summary>
    public IReadOnlyList<EngineRegistration<ISpeechSynthesizer>> Speech { get; }

    /// <summary>Registers each entry once its server is found and it is known whether that is trusted like this machine.</summary>
    public IEnumerable<EngineRegistration<TPort>> Named<TOptions, TPort>(
        string section, IReadOnlyDictionary<string, TOptions> entries, Func<TOptions, (string? Upstream, EngineAttributes Attributes)> of,
        Func<string, TOptions, EngineRegistration<TPort>> register)
        where TPort : class
    {
        foreach (var (name, options) in entries)
        {
            var (upstream, attributes) = of(options);
            var key = $"Parley:{section}:{name}";
            if (!Upstreams.Options.TryGetValue(upstream ?? name, out var server))
            {
                throw new ConfigurationException($"{key}:Upstream: there is no Parley:Upstreams:{upstream ?? name}; {Known()}.");
            }
            // What the user says stands: a proxy on this machine may well send everything on.
            if (!_configuration.IsSet($"{section}:{name}:Attributes:Local")) { attributes.Local = server.BaseUrl?.IsLoopback ?? false; }
            yield return register(name, options);
        }
    }

    private string Known() => Upstreams.Options.Count == 0 ? "none is configured" : $"there are {string.Join(", ", Upstreams.Options.Keys)}";
}
