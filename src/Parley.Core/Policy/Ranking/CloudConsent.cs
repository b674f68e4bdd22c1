using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Policy.Ranking;

/// <summary>What may be sent to engines that do not run in this house.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CloudConsent>))]
public enum CloudConsent
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To the engine that was named, for naming it is the consent; to no other.</summary>
    Named,

    /// <summary>To any.</summary>
    Any,
}
