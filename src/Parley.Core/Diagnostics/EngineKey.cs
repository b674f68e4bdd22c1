namespace Parley.Diagnostics;

/// <summary>The key of a service that an engine uses: from its options, else from the environment.</summary>
public static class EngineKey
{
    /// <summary>Reads the key.</summary>
    /// <param name="key">The options' own; null or empty: the variable decides.</param>
    /// <param name="variable">The environment variable; null or empty: there is none.</param>
    /// <returns>The key without the line end that files and secrets bring along; null: there is none.</returns>
    /// <exception cref="VoiceException">It has characters that no header can carry. The message does not repeat it.</exception>
    public static string? Read(string? key, string? variable)
    {
        var own = !string.IsNullOrEmpty(key);
        var found = (own ? key : string.IsNullOrEmpty(variable) ? null : Environment.GetEnvironmentVariable(variable))?.Trim();
        if (string.IsNullOrEmpty(found)) { return null; }
        return found.All(c => c is > ' ' and < '\u007f') ? found
            : throw new VoiceException(VoiceStage.Transport, $"The key in {(own ? "ApiKey" : variable)} has characters that a key cannot have.") { Class = FailureClass.Resource };
    }

    /// <summary>Whether the variable holds something.</summary>
    public static bool IsSet(string variable) => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable));
}
