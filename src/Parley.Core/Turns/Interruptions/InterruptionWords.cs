namespace Parley.Turns.Interruptions;

/// <summary>Words by which a listener shows attention, and words by which one asks for the floor. English, as recognisers write it.</summary>
internal static class InterruptionWords
{
    private const int LongestPhrase = 3;

    private static readonly HashSet<string> s_backchannels = Phrases(
        """
        mm|mmm|mhm|hm|hmm|mm hm|mm hmm|uh|uh huh|huh|um|uhm|ah|aha|oh|ooh|eh|er|yeah|yea|yes|yep|yup|ya|ok|okay|right|all right|alright|sure|
        of course|exactly|true|indeed|really|oh really|wow|cool|nice|great|good|fine|perfect|lovely|interesting|i see|i know|got it|that's right|
        that's true|that's nice|that's good|that's great|sounds good|makes sense|go on|go ahead|no way|my god|oh my god
        """);

    private static readonly HashSet<string> s_urgent = Phrases(
        """
        stop|wait|no|nope|but|actually|sorry|pardon|excuse me|hold on|hang on|listen|enough|quiet|be quiet|shut up|pause|cancel|what|why|
        one moment|one second|one minute|just a moment|just a minute|just a second|let me|can i|may i|i'm sorry|never mind|forget it
        """);

    /// <summary>The words that are left when those of attention at the beginning are taken away.</summary>
    public static ReadOnlySpan<string> WithoutBackchannels(ReadOnlySpan<string> words)
    {
        while (Match(words, s_backchannels) is var length and > 0) { words = words[length..]; }
        return words;
    }

    /// <summary>Whether the words begin with those of somebody who wants the floor.</summary>
    public static bool IsUrgent(ReadOnlySpan<string> words) => Match(words, s_urgent) > 0;

    /// <summary>How many words at the beginning are a phrase of the list, the longest that fits.</summary>
    private static int Match(ReadOnlySpan<string> words, HashSet<string> phrases)
    {
        for (var length = Math.Min(LongestPhrase, words.Length); length > 0; length--)
        {
            if (phrases.Contains(string.Join(' ', words[..length]))) { return length; }
        }
        return 0;
    }

    private static HashSet<string> Phrases(string list) =>
        new(list.Split(['|', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), StringComparer.Ordinal);
}
