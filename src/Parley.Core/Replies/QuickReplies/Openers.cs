using System.Collections.Frozen;

namespace Parley.Replies.QuickReplies;

/// <summary>Openers that promise nothing, in the languages that learners ask in, and words that would commit the answer. Thread-safe.</summary>
internal static class Openers
{
    private const string EnglishOpeners =
        "sure|okay|ok|alright|all right|well|of course|certainly|absolutely|definitely|great|good question|great question|interesting|hmm|hm|let me see|"
        + "let me think|let's see|one moment|just a moment|one second|got it|i see|no problem|gladly|happy to help|with pleasure|so|oh|ah|wow|nice|understood";

    // As SpokenText.Normalize writes them.
    private static readonly FrozenSet<string> s_known = Split(
        EnglishOpeners + "|klar|gerne|gern|natürlich|also|moment|einen moment|gute frage|verstehe|alles klar|mal sehen|selbstverständlich|"
        + "bien sûr|d'accord|alors|voyons|bonne question|certainement|eh bien|avec plaisir|un instant|"
        + "claro|claro que si|por supuesto|vale|bueno|a ver|buena pregunta|entiendo|un momento|desde luego|"
        + "certo|certamente|va bene|allora|vediamo|bella domanda|un attimo|com certeza|bom|vejamos|boa pergunta|um momento|entendi|"
        + "конечно|хорошо|так|давайте посмотрим|хороший вопрос|понятно|секунду|"
        + "好的|好|当然|当然可以|没问题|嗯|让我想想|我想想|让我看看|我看看|明白了|明白|好问题|稍等|當然|沒問題|讓我想想|讓我看看|"
        + "もちろん|そうですね|なるほど|ええと|わかりました|承知しました|了解です|少々お待ちください|물론이죠|물론입니다|좋아요|알겠습니다|음|잠시만요|글쎄요");

    // An answer that went on differently would contradict them.
    private static readonly FrozenSet<string> s_committing = Split(
        "yes|yeah|yep|yup|no|nope|nah|correct|right|wrong|exactly|true|false|sorry|i'm sorry|unfortunately|i can't|hello|hi|hey|"
        + "ja|nein|doch|leider|oui|non|si|malheureusement|désolé|sim|não|да|нет|к сожалению|是|是的|对|对的|不|不是|不行|不对|抱歉|對|對的|不對|"
        + "はい|いいえ|うん|すみません|네|예|아니요|아니|죄송합니다");

    /// <summary>Those in English.</summary>
    public static IReadOnlyList<string> English { get; } = EnglishOpeners.Split('|');

    /// <summary>Whether the words, normalised, are a whole opener.</summary>
    public static bool IsKnown(string words) => s_known.Contains(words);

    /// <summary>Whether the words, normalised, say yes, no or sorry, or greet.</summary>
    public static bool Commits(string words) => s_committing.Contains(words);

    /// <summary>Whether an opener may begin with the words, normalised, and be longer.</summary>
    public static bool MayBecome(string words)
    {
        foreach (var known in s_known)
        {
            if (known.Length > words.Length && known.StartsWith(words, StringComparison.Ordinal)) { return true; }
        }
        return false;
    }

    private static FrozenSet<string> Split(string words) => words.Split('|').Select(SpokenText.Normalize).ToFrozenSet(StringComparer.Ordinal);
}
