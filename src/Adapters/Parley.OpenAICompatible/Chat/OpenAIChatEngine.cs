using Microsoft.Extensions.AI;
using Parley.Diagnostics;

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
        return new(Name, () => Probe(options), () => new OpenAIChatClient(options, time), options.BaseUrl is null ? Unconfigured : Configured);
    }

    private static EngineStatus Probe(OpenAIChatOptions options) => options.BaseUrl is { IsAbsoluteUri: true } url
        ? new EngineStatus(VoiceStage.Reply, Name, true, options.Model, $"{url.GetLeftPart(UriPartial.Authority)}, not contacted yet.")
        : new EngineStatus(VoiceStage.Reply, Name, false, "", "No base address is set.", "Set BaseUrl, such as http://localhost:11434/v1, and Model.");
}
