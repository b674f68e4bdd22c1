using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Transports.Protocol;

/// <summary>Writes an enum as <c>snake_case</c>; numbers are refused.</summary>
internal sealed class SnakeCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
