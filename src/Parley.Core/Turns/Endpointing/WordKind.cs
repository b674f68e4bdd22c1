namespace Parley.Turns.Endpointing;

/// <summary>What a word asks for after it.</summary>
public enum WordKind
{
    /// <summary>Any other word: a sentence may end with it.</summary>
    Content,

    /// <summary><c>the</c>, <c>my</c>: a noun.</summary>
    Determiner,

    /// <summary><c>and</c>, <c>because</c>: a clause, or more of the same.</summary>
    Conjunction,

    /// <summary><c>if</c>, <c>although</c>: a clause, and at the beginning two.</summary>
    Subordinator,

    /// <summary><c>of</c>, <c>with</c>: an object, if not always.</summary>
    Preposition,

    /// <summary><c>is</c>, <c>can</c>, <c>I'm</c>: a verb or a complement.</summary>
    Auxiliary,

    /// <summary><c>I</c>, <c>they</c>: a verb.</summary>
    Subject,

    /// <summary><c>what</c>, <c>why</c>: a clause.</summary>
    Question,

    /// <summary><c>um</c>, <c>well</c>: the speaker is thinking.</summary>
    Filler,

    /// <summary><c>yes</c>, <c>thanks</c>: nothing.</summary>
    Answer,
}
