using System.Text.Json;

namespace Parley.Server.Tests.Api;

/// <summary>Reads server-sent events as clients do.</summary>
internal static class Events
{
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => JsonDocument.Parse(e["data: ".Length..]).RootElement)];
    }
}
