using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Policy.Ranking;

/// <summary>The class in which an engine is ranked; scores decide within a class only.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Standing>))]
public enum Standing
{
    /// <summary>The session named it.</summary>
    Asked,

    /// <summary>The learner drew its lot.</summary>
    Canary,

    /// <summary>The configuration names it.</summary>
    Configured,

    /// <summary>It served this session before it was resumed.</summary>
    Previous,

    /// <summary>It runs where the mode wants engines to run.</summary>
    Favoured,

    /// <summary>It runs elsewhere.</summary>
    Other,

    /// <summary>It is being tried out, by other learners.</summary>
    OthersCanary,

    /// <summary>It failed a gate, but runs in this house.</summary>
    GatedLocal,

    /// <summary>It failed a gate, and does not.</summary>
    GatedRemote,

    /// <summary>It has failed too often just now.</summary>
    Broken,

    /// <summary>It must not, or cannot, be used.</summary>
    Excluded,
}
