namespace Parley.Turns.Endpointing;

/// <summary>Adds up what speaks for the end of a turn and against it, in log-odds.</summary>
/// <remarks>
/// A logistic model: <see cref="EndpointFeatures"/> with fitted weights, and evidence that the recordings do not hold, such as offered answers,
/// whose weights were set by hand. Pure; without a list for the reasons nothing is allocated.
/// </remarks>
public static class EndpointEvidence
{
    // Fitted to every second speaker of speechocean762, as EndpointTraining in tests/Parley.Engines.Tests/Turns does it.
    private const double Bias = 0.79;

    private static readonly double[] s_weights = [-0.041, -2.67, -0.124, -0.89, -1.75, -4.80];

    // Set by hand. A nat is a factor of 2.7: 1 is a hint, 3 all but settles it.
    private const double OnlyFillers = -3, EndsWithFiller = -2, ShortAnswer = 1.5, Closed = 1, Question = 0.3, RisingQuestion = 0.5, OpenClause = -1;
    private const double WholeAnswer = 3, NearlyWholeAnswer = 1, BegunAnswer = -1.5, Unsettled = -0.5;
    private const double Rising = 3, ModelLimit = 4, PauseLimit = 1.5;
    private const int KnownPauses = 5;

    private static readonly TimeSpan s_settled = TimeSpan.FromMilliseconds(100);
    private const double UsualPause = 0.5;

    /// <summary>The log-odds that the turn is over.</summary>
    /// <param name="signals">What is known of it.</param>
    /// <param name="reasons">Takes each piece of evidence that is not 0; null for none.</param>
    public static double Weigh(in TurnSignals signals, ICollection<Evidence>? reasons = null)
    {
        var partial = PartialText.Read(signals.Partial);
        return Note(reasons, "as usual", Bias) + WeighFitted(signals, partial, reasons) + WeighText(signals, partial, reasons)
            + WeighDialogue(signals, reasons) + WeighSpeaker(signals, reasons);
    }

    private static double WeighFitted(in TurnSignals signals, in PartialText partial, ICollection<Evidence>? reasons)
    {
        Span<double> features = stackalloc double[EndpointFeatures.Count];
        EndpointFeatures.Write(signals, partial, features);
        var sum = 0.0;
        for (var i = 0; i < features.Length; i++) { sum += Note(reasons, EndpointFeatures.Names[i], s_weights[i] * features[i]); }
        return sum;
    }

    private static double WeighText(in TurnSignals signals, in PartialText partial, ICollection<Evidence>? reasons)
    {
        var sum = Note(reasons, "unsettled text", signals.PartialAge < s_settled ? Unsettled : 0);
        if (partial.OnlyFillers) { return sum + Note(reasons, "only fillers", OnlyFillers); }
        sum += Note(reasons, "ends with a filler", partial.Ending == WordKind.Filler ? EndsWithFiller : 0);
        sum += Note(reasons, "short answer", partial.IsShortAnswer ? ShortAnswer : 0);
        sum += Note(reasons, "closed sentence", partial.IsClosed ? Closed : 0);
        sum += Note(reasons, "open clause", partial.IsOpenClause ? OpenClause : 0);
        if (!partial.IsQuestion) { return sum; }
        return sum + Note(reasons, "question", Question) + Note(reasons, "rises as questions do", signals.Prosody?.PitchSlope > Rising ? RisingQuestion : 0);
    }

    private static double WeighDialogue(in TurnSignals signals, ICollection<Evidence>? reasons) => signals.Answer switch
    {
        AnswerMatch.Whole => Note(reasons, "offered answer", WholeAnswer),
        AnswerMatch.NearlyWhole => Note(reasons, "offered answer, nearly", NearlyWholeAnswer),
        AnswerMatch.Begun => Note(reasons, "offered answer, begun", BegunAnswer),
        _ => 0,
    };

    private static double WeighSpeaker(in TurnSignals signals, ICollection<Evidence>? reasons)
    {
        var sum = 0.0;
        if (signals.Pauses.Count > 0)
        {
            var longer = (signals.Pauses.UpperFifth.TotalSeconds - UsualPause) / UsualPause;
            var known = Math.Min(1, (double)signals.Pauses.Count / KnownPauses);
            sum += Note(reasons, "own pauses", -known * Math.Clamp(longer, -0.5, PauseLimit));
        }
        if (signals.Model is { } probability && !double.IsNaN(probability))
        {
            sum += Note(reasons, "model", Math.Clamp(Math.Log(probability / (1 - probability)), -ModelLimit, ModelLimit));
        }
        return sum;
    }

    private static double Note(ICollection<Evidence>? reasons, string name, double logOdds)
    {
        if (logOdds != 0) { reasons?.Add(new(name, logOdds)); }
        return logOdds;
    }
}
