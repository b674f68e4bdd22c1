namespace Parley.Learning.Pronunciation.Training;

/// <summary>How well guessed scores follow the experts': Pearson's correlations, and plain goodness of pronunciation beside them.</summary>
/// <param name="Total">Of the whole utterance; so are the next three.</param>
/// <param name="Accuracy">Sounds.</param>
/// <param name="Fluency">Pace and pauses.</param>
/// <param name="Prosody">Stress, intonation and rhythm.</param>
/// <param name="Word">Accuracy of words.</param>
/// <param name="Phone">Scores of phones.</param>
/// <param name="PlainTotal">Mean goodness of pronunciation against the total.</param>
/// <param name="PlainWord">Its mean over a word against the word's accuracy.</param>
/// <param name="PlainPhone">Of a phone against its score.</param>
/// <param name="BadWordPrecision">Where seven in ten words are found that experts rate below 6: the share of the found that are.</param>
/// <param name="PlainBadWordPrecision">The same by the mean goodness of pronunciation.</param>
/// <param name="SaidArea">Area under the curve of telling words that were said from words that were not.</param>
/// <param name="Doubted">The share of recordings that are not plainly of their text.</param>
/// <param name="OtherTextsTrusted">The share of other texts that are plainly taken for that of the recording, of those that can be aligned with it.</param>
public sealed record PronunciationFigures(
    double Total, double Accuracy, double Fluency, double Prosody, double Word, double Phone,
    double PlainTotal, double PlainWord, double PlainPhone, double BadWordPrecision, double PlainBadWordPrecision, double SaidArea, double Doubted, double OtherTextsTrusted);
