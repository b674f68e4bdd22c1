using Parley.Tts;

namespace Parley.Transports.EchoKit;

/// <summary>The vowels that a device's mouth can shape, as they are numbered on the wire.</summary>
internal enum Vowel : byte
{
    None = 0,
    A = 1,
    E = 2,
    I = 3,
    O = 4,
    U = 5,
}

internal static class Vowels
{
    /// <summary>The vowel of a mouth shape.</summary>
    public static Vowel Of(Viseme viseme) => viseme switch
    {
        Viseme.AA => Vowel.A,
        Viseme.E => Vowel.E,
        Viseme.IH => Vowel.I,
        Viseme.OH => Vowel.O,
        Viseme.OU => Vowel.U,
        _ => Vowel.None,
    };
}
