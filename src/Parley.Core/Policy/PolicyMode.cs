using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Policy;

/// <summary>Where engines should run, all else being equal.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<PolicyMode>))]
public enum PolicyMode
{
    /// <summary>The scores decide; what the operator has set up weighs most in them.</summary>
    Auto,

    /// <summary>Engines of this house go before those elsewhere.</summary>
    Local,

    /// <summary>Engines elsewhere go before those of this house, as far as the user consents.</summary>
    Cloud,

    /// <summary>As <see cref="Local"/> for recognition, where an engine elsewhere then refines the result; the scores decide for all else.</summary>
    Hybrid,
}
