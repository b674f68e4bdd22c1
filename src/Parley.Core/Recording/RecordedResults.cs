using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Replies;
using Parley.Replies.Tools;
using Parley.Tts;
using Parley.Turns;

namespace Parley.Recording;

// What engines gave, as the timeline holds it. Calls of one stage are counted from 1 in the order in which they were made.

/// <summary>The detector's probability of speech for the next window, and the window's length.</summary>
internal sealed record RecordedWindow(float Probability, int Samples);

/// <summary>
/// The same of windows of one length, one after the other, with the session time at which each was judged, in ticks of 100 ns, and the number of the entry
/// that it came before: they are written together, later. Null in older recordings, where windows come before whatever is written after them.
/// </summary>
internal sealed record RecordedWindows(float[] Probabilities, int Samples, long[] At, long[]? Before = null);

/// <summary>What the turn detector was asked about.</summary>
internal sealed record RecordedSignals(TurnSignals Signals);

/// <summary>A call was made, and for what: the words to speak, or the last message of the prompt.</summary>
internal sealed record RecordedCall(int Call, string For);

/// <summary>A partial of the utterance.</summary>
internal sealed record RecordedPartial(int Call, PartialTranscript Partial);

/// <summary>The session's loop has come to a transcript, which may be later than it was given.</summary>
internal sealed record TranscriptTaken(bool IsFinal);

/// <summary>The final transcript of the utterance.</summary>
internal sealed record RecordedFinal(int Call, FinalTranscript Final);

/// <summary>A better transcript of the utterance, after the final one.</summary>
internal sealed record RecordedRefinement(int Call, FinalTranscript Refined);

/// <summary>An update of a reply; what is absent was not in it.</summary>
internal sealed record RecordedUpdate(
    int Call, string? Text, string? Filler, IReadOnlyList<Suggestion>? Suggestions, RecognitionHints? Hints, string? Emotion, double? Intensity,
    IReadOnlyDictionary<string, JsonElement>? Properties, bool? Quick = null, IReadOnlyList<ToolExchange>? Calls = null,
    string? Finish = null, UsageDetails? Usage = null);

/// <summary>A piece of speech without its samples: how many there are, and what moves and is said in them.</summary>
internal sealed record RecordedSpeech(
    int Call, int Samples, int SampleRate, IReadOnlyList<PhoneSpan> Phones, IReadOnlyList<VisemeSpan> Visemes, IReadOnlyList<WordSpan> Words);

/// <summary>The call came to its end.</summary>
internal sealed record RecordedEnd(int Call);

/// <summary>The call failed.</summary>
internal sealed record RecordedFailure(int Call, string Message, bool IsTransient);
