using Parley.Transports.Protocol;

namespace Parley.Policy.Experiments;

/// <summary>One way of several; what it doesn't name stays as it is. What it names holds whatever the client asks for, but for consent, which is the learner's.</summary>
public sealed class VariantOptions
{
    /// <summary>The share of learners that get it, above 0; shares of all variants are 1 together at most, and who is left over takes no part.</summary>
    /// <value>The default is 0.5.</value>
    public double Share { get; set; } = 0.5;

    /// <summary>The recogniser.</summary>
    public string? Asr { get; set; }

    /// <summary>The reply engine.</summary>
    public string? Reply { get; set; }

    /// <summary>The small model that opens replies.</summary>
    public string? Quick { get; set; }

    /// <summary>The synthesiser.</summary>
    public string? Tts { get; set; }

    /// <summary>Whether replies are opened by the small model.</summary>
    public bool? QuickReply { get; set; }

    /// <summary>Whether replies are drafted before a turn is over.</summary>
    public bool? Speculation { get; set; }

    /// <summary>How long a silence the speaker is given.</summary>
    public Patience? Patience { get; set; }

    /// <summary>Whether pronunciation is judged.</summary>
    public bool? Pronunciation { get; set; }

    /// <summary>Whether grammar is corrected.</summary>
    public bool? Grammar { get; set; }

    /// <summary>Whether the discourse is judged.</summary>
    public bool? Discourse { get; set; }

    /// <summary>What it sets of a session's configuration.</summary>
    internal SessionConfig ToConfig() => new()
    {
        Engines = new EngineNames { Asr = Asr, Reply = Reply, Quick = Quick, Tts = Tts },
        QuickReply = QuickReply,
        Turn = new TurnConfig { Patience = Patience },
        Feedback = new FeedbackConfig { Pronunciation = Pronunciation, Grammar = Grammar, Discourse = Discourse },
    };
}
