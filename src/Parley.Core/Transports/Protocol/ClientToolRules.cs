namespace Parley.Transports.Protocol;

/// <summary>What JSON types cannot say of tools that a client offers.</summary>
internal static class ClientToolRules
{
    private const int MaxTools = 128, MaxName = 64;

    /// <summary>What is wrong with the tools, with the path of the field; null: nothing.</summary>
    /// <param name="path">Where they stand in the message.</param>
    /// <param name="tools">The tools; null: there are none.</param>
    public static InvalidInput? Check(string path, IReadOnlyList<ClientTool?>? tools)
    {
        if (tools is null) { return null; }
        if (tools.Count > MaxTools) { return Bad($"{path} holds more than {MaxTools} tools."); }
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tools.Count; i++)
        {
            if (tools[i] is not { Name: { } name } tool) { return new InvalidInput(ErrorCodes.MissingField, $"{path}[{i}].name is missing."); }
            if (!IsName(name)) { return Bad($"{path}[{i}].name must be 1 to {MaxName} letters, digits, underscores and hyphens."); }
            if (!names.Add(name)) { return Bad($"{path}[{i}].name is that of another tool too."); }
            if (tool.Parameters is { ValueKind: not System.Text.Json.JsonValueKind.Object }) { return Bad($"{path}[{i}].parameters must be an object."); }
        }
        return null;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static InvalidInput Bad(string message) => new(ErrorCodes.BadField, message);
}
