using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Chat;

/// <summary>Offers the language model to the composition root.</summary>
public static class OpenAIChatEngine
{
    public const string Name = "openai";

    /// <summary>Configured it is meant to be used; unconfigured it stands behind every other engine and is no loss.</summary>
    private const int Configured = 10, Unconfigured = -1;

    /// <summary>The registration. It goes before scripted replies once it is configured; the probe makes no call over the network.</summary>
    public static EngineRegistration<IChatClient> Registration(OpenAIChatOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(
            Name, () => UpstreamKey.Probe(VoiceStage.Reply, Name, options.Model, options.ToUpstream()), () => new OpenAIChatClient(options, time),
            options.BaseUrl is null ? Unconfigured : Configured)
        {
            Attributes = options.ToEngine().Attributes,
        };
    }

    /// <summary>The registration of a model on one of the pool's upstreams.</summary>
    public static EngineRegistration<IChatClient> Registration(string name, ChatEngineOptions options, UpstreamPool upstreams, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(upstreams);
        var upstream = options.Upstream ?? name;
        return new(
            name, () => UpstreamKey.Probe(VoiceStage.Reply, name, options.Model, upstreams.Options[upstream]),
            () => new OpenAIChatClient(name, options, upstreams.Lease(upstream), time), Configured)
        {
            Attributes = options.Attributes,
        };
    }
}
