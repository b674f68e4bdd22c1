namespace Parley.Learning.Pronunciation.Features;

/// <summary>The features from which is guessed how much of a text was said.</summary>
internal static class TextFeatures
{
    public static float[] Of(Reading reading, PhoneNorms norms) => [.. UtteranceFeatures.Of(reading, norms), (float)reading.ShareOfSpeech()];
}
