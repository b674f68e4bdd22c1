using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.Timeline;

/// <summary>Carries what chat clients keep on messages into JSON and back: text, truth values and numbers; other values are left out.</summary>
internal static class StoredProperties
{
    public static IReadOnlyDictionary<string, JsonElement> From(AdditionalPropertiesDictionary? properties)
    {
        var stored = new Dictionary<string, JsonElement>();
        foreach (var (key, value) in properties ?? [])
        {
            if (ToElement(value) is { } element) { stored[key] = element; }
        }
        return stored;
    }

    public static AdditionalPropertiesDictionary? ToProperties(IReadOnlyDictionary<string, JsonElement>? stored)
    {
        if (stored is not { Count: > 0 }) { return null; }
        var properties = new AdditionalPropertiesDictionary();
        foreach (var (key, element) in stored)
        {
            properties[key] = element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => element.GetDouble(),
            };
        }
        return properties;
    }

    private static JsonElement? ToElement(object? value) => value switch
    {
        string text => JsonSerializer.SerializeToElement(text, TimelineJsonContext.Default.String),
        bool truth => JsonSerializer.SerializeToElement(truth, TimelineJsonContext.Default.Boolean),
        double or float or int or long => JsonSerializer.SerializeToElement(
            Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture), TimelineJsonContext.Default.Double),
        _ => null,
    };
}
