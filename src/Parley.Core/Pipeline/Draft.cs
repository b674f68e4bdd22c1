namespace Parley.Pipeline;

/// <summary>A reply to words that the user has probably said: it is made, and told to nobody until the turn ends with these words.</summary>
/// <param name="Words">The words it answers, normalised.</param>
/// <param name="Confidence">The recogniser's, as the reply engine was told; null where it was not known.</param>
/// <param name="Reply">The reply, not committed.</param>
internal sealed record Draft(string Words, double? Confidence, Reply Reply);
