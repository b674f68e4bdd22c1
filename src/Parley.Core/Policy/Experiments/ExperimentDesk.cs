using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Parley.Transports.Protocol;

namespace Parley.Policy.Experiments;

/// <summary>Assigns learners to the variants of experiments: the same learner always to the same, after a restart and on every server, without anything being kept.</summary>
/// <remarks>Thread-safe. Who has no name takes no part: nobody could say whether they came back.</remarks>
/// <param name="experiments">By name.</param>
public sealed class ExperimentDesk(IReadOnlyDictionary<string, ExperimentOptions> experiments)
{
    /// <summary>The experiments, by name.</summary>
    public IReadOnlyDictionary<string, ExperimentOptions> Experiments => experiments;

    /// <summary>The variants that a learner gets, of all experiments that are on, by the experiment's name.</summary>
    public IReadOnlyDictionary<string, string> Assign(string? learnerId)
    {
        var assigned = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (learnerId is null) { return assigned; }
        foreach (var (name, experiment) in experiments)
        {
            if (experiment.Enabled && Draw(name, learnerId, experiment.Variants) is { } variant) { assigned[name] = variant; }
        }
        return assigned;
    }

    /// <summary>Lays the learner's variants over what their client asks for; of experiments that set the same, the last in order of names.</summary>
    public SessionConfig? Apply(SessionStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        var config = start.Config;
        foreach (var (name, variant) in Assign(start.LearnerId)) { config = Over(config ?? new SessionConfig(), experiments[name].Variants[variant].ToConfig()); }
        return config;
    }

    /// <summary>Whether the learner's variants turn drafting on or off; null: none does.</summary>
    public bool? Speculation(string? learnerId) =>
        Assign(learnerId).Select(a => experiments[a.Key].Variants[a.Value].Speculation).LastOrDefault(s => s is not null);

    /// <summary>The variant whose share the learner's lot falls in; null: none. Lots of different experiments are independent of each other.</summary>
    public static string? Draw(string experiment, string learnerId, IEnumerable<KeyValuePair<string, VariantOptions>> variants)
    {
        var (lot, end) = (Lot(experiment, learnerId), 0d);
        foreach (var (name, variant) in variants.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            end += variant.Share;
            if (lot < end) { return name; }
        }
        return null;
    }

    /// <summary>A number from 0 up to, not including, 1.</summary>
    private static double Lot(string experiment, string learnerId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"experiment\n{experiment}\n{learnerId}"));
        return (BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }

    private static SessionConfig Over(SessionConfig asked, SessionConfig variant) => asked with
    {
        Engines = new EngineNames
        {
            Asr = variant.Engines!.Asr ?? asked.Engines?.Asr, Reply = variant.Engines.Reply ?? asked.Engines?.Reply,
            Quick = variant.Engines.Quick ?? asked.Engines?.Quick, Tts = variant.Engines.Tts ?? asked.Engines?.Tts,
        },
        QuickReply = variant.QuickReply ?? asked.QuickReply,
        Turn = (asked.Turn ?? new TurnConfig()) with { Patience = variant.Turn!.Patience ?? asked.Turn?.Patience },
        Feedback = (asked.Feedback ?? new FeedbackConfig()) with
        {
            Pronunciation = variant.Feedback!.Pronunciation ?? asked.Feedback?.Pronunciation, Grammar = variant.Feedback.Grammar ?? asked.Feedback?.Grammar,
            Discourse = variant.Feedback.Discourse ?? asked.Feedback?.Discourse,
        },
    };
}
