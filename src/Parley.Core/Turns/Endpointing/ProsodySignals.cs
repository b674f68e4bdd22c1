namespace Parley.Turns.Endpointing;

/// <summary>How the voice was used just before it fell silent.</summary>
/// <param name="PitchSlope">Course of the pitch over the last half second, in semitones a second, −20 to 20: statements fall, questions and lists rise.</param>
/// <param name="Voicing">Length of the last stretch with pitch, in seconds, at most 0.64: a voice that is held goes on.</param>
/// <param name="Level">Level of the last quarter of a second but for its last 100 ms, in dB from the speaker's mean, −20 to 10: sentences end softly.</param>
public readonly record struct ProsodySignals(double PitchSlope, double Voicing, double Level);
