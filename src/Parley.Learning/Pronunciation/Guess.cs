namespace Parley.Learning.Pronunciation;

/// <summary>Guessed scores of a reading on the experts' scales.</summary>
/// <param name="Phones">Of each phone, 0 to 2.</param>
/// <param name="Words">Accuracy of each word that has phones, 0 to 10.</param>
/// <param name="Said">How far each of these words was said at all, 0 to 1.</param>
/// <param name="Text">How much of the text was said, as the whole sounds; about 0 to 1.</param>
/// <param name="Utterance">Total, accuracy, fluency and prosody, 0 to 10.</param>
internal sealed record Guess(IReadOnlyList<float> Phones, IReadOnlyList<float> Words, IReadOnlyList<float> Said, float Text, IReadOnlyList<float> Utterance);
