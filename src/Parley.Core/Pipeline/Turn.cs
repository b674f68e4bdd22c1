using Parley.Asr;
using Parley.Audio;
using Parley.Turns;

namespace Parley.Pipeline;

/// <summary>A turn under way: what the user says, then what is answered.</summary>
internal sealed class Turn(string id, TimeProvider time)
{
    public string Id { get; } = id;

    public TurnClock Clock { get; } = new(time);

    /// <summary>What the user said or typed; empty where the assistant opens.</summary>
    public string UserText { get; set; } = "";

    public string? SuggestionId { get; init; }

    public FinalTranscript? Transcript { get; set; }

    public IReadOnlyList<AudioFrame> UserAudio { get; set; } = [];
}
