namespace Parley.Testing.Speech;

/// <summary>One sentence read by one learner.</summary>
/// <param name="Id">Names its audio file.</param>
/// <param name="Speaker">Who reads.</param>
/// <param name="Text">What is read.</param>
public sealed record LearnerRecording(string Id, string Speaker, string Text);
