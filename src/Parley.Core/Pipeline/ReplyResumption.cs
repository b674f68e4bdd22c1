using Microsoft.Extensions.AI;
using Parley.Transports.Protocol;

namespace Parley.Pipeline;

/// <summary>Where a reply goes on that a broken line or a restart stopped.</summary>
/// <param name="Text">Its text so far.</param>
/// <param name="QuickLength">How much of it is the opener of the small model, which is a clause of its own.</param>
/// <param name="IsComplete">Whether that is all of it; else the reply engine is asked to go on.</param>
/// <param name="Segment">The clause that was being heard.</param>
/// <param name="SegmentStart">The clause's first sample.</param>
/// <param name="TextOffset">The clause's first character.</param>
/// <param name="Position">The first sample that was not heard.</param>
/// <param name="HeardLength">How much of the text was heard, as far as is known: at least up to the clause.</param>
/// <param name="IsSpoken">Whether it is spoken, or text only.</param>
/// <param name="Properties">What the chat client wants to find in the next turn.</param>
/// <param name="Cut">Why the text ends before its time, if it is complete and does.</param>
/// <param name="Usage">The tokens that it cost, if it is complete and they are known.</param>
internal sealed record ReplyResumption(
    string Text, int QuickLength, bool IsComplete, uint Segment, long SegmentStart, int TextOffset, long Position, int HeardLength, bool IsSpoken,
    AdditionalPropertiesDictionary? Properties, ReplyCut? Cut = null, TokenUsage? Usage = null);
