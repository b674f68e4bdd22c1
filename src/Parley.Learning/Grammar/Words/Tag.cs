namespace Parley.Learning.Grammar.Words;

/// <summary>The part that a word plays, after the Penn Treebank; a set of them where that is open.</summary>
[Flags]
internal enum Tag
{
    None = 0,

    /// <summary>Articles, demonstratives, quantifiers before a noun.</summary>
    DT = 1 << 0,
    CD = 1 << 1,

    /// <summary>Pronouns as subjects.</summary>
    PRP = 1 << 2,

    /// <summary>Pronouns as objects, and those that stand for a possession.</summary>
    PRPO = 1 << 3,

    /// <summary>Possessives before a noun.</summary>
    PRPS = 1 << 4,
    NN = 1 << 5,
    NNS = 1 << 6,
    NNP = 1 << 7,
    JJ = 1 << 8,
    JJR = 1 << 9,
    JJS = 1 << 10,
    RB = 1 << 11,

    /// <summary>Particles of phrasal verbs.</summary>
    RP = 1 << 12,

    /// <summary>The base form: infinitive, imperative, subjunctive.</summary>
    VB = 1 << 13,

    /// <summary>The present but for the third person singular.</summary>
    VBP = 1 << 14,

    /// <summary>The third person singular of the present.</summary>
    VBZ = 1 << 15,
    VBD = 1 << 16,
    VBN = 1 << 17,
    VBG = 1 << 18,
    MD = 1 << 19,
    TO = 1 << 20,
    IN = 1 << 21,
    CC = 1 << 22,

    /// <summary>Question words and relative pronouns.</summary>
    WH = 1 << 23,

    /// <summary>"There" in "there is".</summary>
    EX = 1 << 24,
    NOT = 1 << 25,
    UH = 1 << 26,

    /// <summary>The possessive ending.</summary>
    POS = 1 << 27,
    Mark = 1 << 28,

    /// <summary>What is no English word: addresses, markup, other scripts.</summary>
    Other = 1 << 29,
}
