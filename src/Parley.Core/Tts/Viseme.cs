namespace Parley.Tts;

/// <summary>The 15 mouth shapes of the Oculus (Meta) lip-sync set, in its order.</summary>
/// <remarks>Source: Meta, "Viseme Reference" of the Oculus Lipsync documentation. On the wire they are these names in lower case.</remarks>
public enum Viseme
{
    /// <summary>Silence, lips closed at rest.</summary>
    Sil,

    /// <summary>p, b, m.</summary>
    PP,

    /// <summary>f, v.</summary>
    FF,

    /// <summary>th, dh.</summary>
    TH,

    /// <summary>t, d.</summary>
    DD,

    /// <summary>k, g.</summary>
    KK,

    /// <summary>ch, jh, sh, zh.</summary>
    CH,

    /// <summary>s, z.</summary>
    SS,

    /// <summary>n, l.</summary>
    NN,

    /// <summary>r, er.</summary>
    RR,

    /// <summary>aa as in "father".</summary>
    AA,

    /// <summary>e as in "bed".</summary>
    E,

    /// <summary>ih as in "tip".</summary>
    IH,

    /// <summary>oh as in "toe".</summary>
    OH,

    /// <summary>ou as in "book".</summary>
    OU,
}
