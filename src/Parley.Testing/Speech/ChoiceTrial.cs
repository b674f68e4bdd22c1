namespace Parley.Testing.Speech;

/// <summary>A learner reads a sentence, and a recogniser is offered several: which one was it?</summary>
/// <param name="Recording">What is played.</param>
/// <param name="Offered">The texts on offer, all read by the same speaker somewhere, in random order.</param>
/// <param name="Offers">Whether what was said is among them.</param>
public sealed record ChoiceTrial(LearnerRecording Recording, IReadOnlyList<string> Offered, bool Offers)
{
    /// <summary>Draws trials; the same arguments give the same trials.</summary>
    /// <param name="corpus">Where the recordings come from.</param>
    /// <param name="count">How many trials at most.</param>
    /// <param name="seed">Chooses recordings, other texts and their order.</param>
    /// <param name="choices">Texts on offer.</param>
    /// <param name="offered">Whether the right text is among them.</param>
    /// <param name="speakers">Which speakers may occur; null for all.</param>
    public static IReadOnlyList<ChoiceTrial> Draw(
        LearnerCorpus corpus, int count, int seed, int choices = 4, bool offered = true, Func<string, bool>? speakers = null)
    {
#pragma warning disable CA5394 // drawn to be repeated, not to be secret
        var random = new Random(seed);
        var recordings = corpus.Recordings.Where(recording => speakers?.Invoke(recording.Speaker) ?? true).ToArray();
        var texts = corpus.Recordings.ToLookup(recording => recording.Speaker, recording => recording.Text);
        random.Shuffle(recordings);
        var trials = new List<ChoiceTrial>();
        foreach (var recording in recordings)
        {
            if (trials.Count == count) { break; }
            var others = texts[recording.Speaker].Where(text => text != recording.Text).Distinct().ToArray();
            random.Shuffle(others);
            string[] offers = [.. offered ? [recording.Text] : Array.Empty<string>(), .. others.Take(offered ? choices - 1 : choices)];
            if (offers.Length < choices) { continue; }
            random.Shuffle(offers);
            trials.Add(new(recording, offers, offered));
        }
#pragma warning restore CA5394
        return trials;
    }
}
