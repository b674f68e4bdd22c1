namespace Parley.Bench.Load.Sequential;

/// <summary>What the engines of a comparison take, whoever calls them.</summary>
internal static class EngineLatencies
{
    /// <summary>The silence that ends a turn.</summary>
    public static readonly TimeSpan Vad = TimeSpan.FromMilliseconds(200);

    /// <summary>The transcript of a whole utterance of <see cref="Utterance"/>.</summary>
    public static readonly TimeSpan Asr = TimeSpan.FromMilliseconds(2_000);

    /// <summary>The first token of a reply.</summary>
    public static readonly TimeSpan FirstToken = TimeSpan.FromMilliseconds(250);

    /// <summary>The whole reply.</summary>
    public static readonly TimeSpan Reply = TimeSpan.FromMilliseconds(800);

    /// <summary>The first chunk of a clause's speech.</summary>
    public static readonly TimeSpan FirstAudio = TimeSpan.FromMilliseconds(200);

    /// <summary>The speech of the whole reply.</summary>
    public static readonly TimeSpan Speech = TimeSpan.FromMilliseconds(1_500);

    /// <summary>How long the user speaks.</summary>
    public static readonly TimeSpan Utterance = TimeSpan.FromSeconds(4);

    /// <summary>What the user says.</summary>
    public const string Said = "what do you recommend today";

    /// <summary>What is answered, one after the other: some sixty words, that begin alike and go on otherwise.</summary>
    public static IReadOnlyList<string> Replies { get; } =
    [
        .. Enumerable.Range(1, 1_000).Select(dish =>
            $"Of course, number {dish} is very good today, " + string.Join(' ', Enumerable.Repeat("and it comes with something warm from the kitchen,", 5)) + " so you should try it now, please."),
    ];
}
