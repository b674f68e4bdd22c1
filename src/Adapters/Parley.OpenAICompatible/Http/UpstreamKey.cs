using Parley.Diagnostics;

namespace Parley.OpenAICompatible.Http;

/// <summary>Which key a server is sent. A key belongs to one server: the well-known variable is never read for another one.</summary>
internal static class UpstreamKey
{
    private const string OpenAIHost = "api.openai.com", OpenAIVariable = "OPENAI_API_KEY";

    /// <summary>The variable that the key is read from; null: the server is sent none, or the one in the options.</summary>
    public static string? VariableOf(UpstreamOptions options) =>
        !string.IsNullOrEmpty(options.ApiKey) ? null
        : !string.IsNullOrEmpty(options.ApiKeyEnvironmentVariable) ? options.ApiKeyEnvironmentVariable
        : string.Equals(options.BaseUrl?.IdnHost, OpenAIHost, StringComparison.OrdinalIgnoreCase) ? OpenAIVariable
        : null;

    /// <exception cref="VoiceException">It is no key.</exception>
    public static string? Of(UpstreamOptions options) => EngineKey.Read(options.ApiKey, VariableOf(options));

    /// <summary>The variable that should hold the key and does not; null: nothing is missing.</summary>
    public static string? Missing(UpstreamOptions options) =>
        VariableOf(options) is { } variable && !EngineKey.IsSet(variable) ? variable : null;

    /// <summary>What an engine on the server says of itself before it was ever called.</summary>
    public static EngineStatus Probe(VoiceStage stage, string engine, string model, UpstreamOptions options)
    {
        if (options.BaseUrl is not { IsAbsoluteUri: true } url)
        {
            return new EngineStatus(stage, engine, false, "", "No base address is set.", "Set BaseUrl, such as http://localhost:11434/v1, and Model.");
        }
        var host = url.GetLeftPart(UriPartial.Authority);
        return Missing(options) is { } variable
            ? new EngineStatus(stage, engine, false, model, $"{host} wants a key, and the environment has no {variable}.", $"Set {variable}.")
            : new EngineStatus(stage, engine, true, model, $"{host}, not contacted yet.");
    }
}
