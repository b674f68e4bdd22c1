namespace Parley.Quality;

/// <summary>How a microphone sounds, by one utterance; <see cref="AudioQualityMeter"/> measures it.</summary>
/// <param name="Clipping">The share of samples at the end of the scale.</param>
/// <param name="NoiseDb">The level of the softest tenth: the room; dB below full scale.</param>
/// <param name="LevelDb">The level of the loudest tenth: the voice; dB below full scale.</param>
public readonly record struct AudioQuality(double Clipping, double NoiseDb, double LevelDb);
