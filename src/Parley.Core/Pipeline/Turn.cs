using Parley.Asr;
using Parley.Diagnostics;
using Parley.Quality;
using Parley.Turns;

namespace Parley.Pipeline;

/// <summary>A turn under way: what the user says, then what is answered.</summary>
internal sealed class Turn(string id, TimeProvider time)
{
    public string Id { get; } = id;

    public TurnClock Clock { get; } = new(time);

    /// <summary>Its span; null: nobody looks.</summary>
    public TurnTrace? Trace { get; init; }

    /// <summary>What the user said or typed; empty where the assistant opens.</summary>
    public string UserText { get; set; } = "";

    public string? SuggestionId { get; init; }

    /// <summary>Where in the microphone's audio the user began to speak.</summary>
    public TimeSpan SpokenFrom { get; init; }

    /// <summary>Where they ended; null while they speak.</summary>
    public TimeSpan? SpokenTo { get; set; }

    /// <summary>Whether the client knows that the user's part of it is over.</summary>
    public bool IsEndTold { get; set; }

    public FinalTranscript? Transcript { get; set; }

    /// <summary>How long the utterance was, with its pre-roll; 0 where it was typed.</summary>
    public TimeSpan Spoken { get; private set; }

    /// <summary>How the microphone sounded; null: too little was said, or it was typed.</summary>
    public AudioQuality? Sound { get; private set; }

    /// <summary>The recogniser is through with what the user said.</summary>
    public void Hear(Utterance utterance, FinalTranscript? transcript) => (Transcript, Spoken, Sound) = (transcript, utterance.Duration, utterance.Sound);

    /// <summary>A turn for the reply that is drafted while this one goes on: what happens to the draft must not show in this turn's times.</summary>
    public Turn ToDraft() => new(Id, time) { SuggestionId = SuggestionId, Trace = Trace };

    /// <summary>This turn, to be answered later because the client asks for it: how long that took is no latency of the server's.</summary>
    public Turn Reopen() => new(Id, time) { SuggestionId = SuggestionId, Trace = Trace, UserText = UserText, Transcript = Transcript, Spoken = Spoken, Sound = Sound };

    /// <summary>The draft is kept: it is now the turn that <paramref name="spoken"/> was.</summary>
    public void Continue(Turn spoken)
    {
        (UserText, Transcript, Spoken, Sound) = (spoken.UserText, spoken.Transcript, spoken.Spoken, spoken.Sound);
        Clock.Include(spoken.Clock);
    }
}
