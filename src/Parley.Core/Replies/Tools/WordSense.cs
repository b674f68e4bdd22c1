namespace Parley.Replies.Tools;

/// <summary>One meaning of a word.</summary>
/// <param name="Word">The word as dictionaries list it, such as "run" for "ran".</param>
/// <param name="PartOfSpeech">noun, verb, adjective or adverb.</param>
/// <param name="Definition">What it means.</param>
/// <param name="Example">A sentence or phrase with it, if there is one.</param>
public sealed record WordSense(string Word, string PartOfSpeech, string Definition, string? Example);
