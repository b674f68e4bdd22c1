namespace Parley.Turns.Interruptions;

/// <summary>What a sound is like, over its loud windows of 32 ms: those at most 25 dB below its loudest.</summary>
/// <param name="Windows">How many loud windows there are.</param>
/// <param name="LevelDb">Level of the loudest, in dB of full scale.</param>
/// <param name="Voiced">Share that has a pitch, 0 to 1.</param>
/// <param name="LongestVoiced">The most windows in a row that have one.</param>
/// <param name="Flatness">Mean spectral flatness from 200 to 4000 Hz: about 0.4 for noise, below 0.1 for voices.</param>
/// <param name="Low">Share of the power below 600 Hz, 0 to 1.</param>
/// <param name="Movement">Mean change of the spectrum's form from window to window, in dB: little in a hum, much in speech.</param>
public readonly record struct SoundShape(int Windows, float LevelDb, float Voiced, int LongestVoiced, float Flatness, float Low, float Movement);
