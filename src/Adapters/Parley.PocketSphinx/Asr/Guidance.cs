using Parley.Asr;
using Parley.Diagnostics;
using Parley.Tts;

namespace Parley.PocketSphinx.Asr;

/// <summary>The hints of one turn as a search: offered answers and phrases as a grammar, or a language model of their own.</summary>
/// <remarks>Immutable, so any decoder can be set up from it.</remarks>
internal sealed class Guidance
{
    private const string Search = "hints";
    private const int MaxAnswers = 80;

    private readonly RecognitionHints _hints;
    private readonly List<Offer> _answers;
    private readonly List<Offer> _phrases;

    private Guidance(RecognitionHints hints)
    {
        _hints = hints;
        _answers = Offers(hints.Answers.Take(MaxAnswers));
        _phrases = Offers(hints.Phrases.Take(MaxAnswers));
    }

    /// <summary>Reads the hints; null where they hold nothing that can be spoken.</summary>
    /// <exception cref="VoiceException">The language model file does not exist.</exception>
    public static Guidance? From(RecognitionHints? hints)
    {
        if (hints is null || hints.IsEmpty) { return null; }
        if (hints.LanguageModelPath is { } path && !File.Exists(path))
        {
            throw new VoiceException(VoiceStage.Asr, "The language model of the recognition hints does not exist.") { Class = FailureClass.UserInput };
        }
        var guidance = new Guidance(hints);
        return guidance._answers.Count + guidance._phrases.Count > 0 || hints.LanguageModelPath is not null ? guidance : null;
    }

    public bool AllowOther => _hints.AllowOther;

    /// <summary>Whether there are texts to choose from, not a language model alone.</summary>
    public bool HasOffers => _answers.Count + _phrases.Count > 0;

    /// <summary>Sets a decoder up to search among all offers while the speaker speaks; <see cref="Close"/> frees what that takes.</summary>
    public void Open(Decoder decoder)
    {
        AddUnknownWords(decoder);
        UseOffers(decoder, _answers);
    }

    /// <summary>Takes the search off the decoder.</summary>
    public static void Close(Decoder decoder) => decoder.Drop(Search);

    /// <summary>What an unfinished path says so far, as the offer that begins with it is written; nothing where it may well be something else.</summary>
    /// <param name="path">A path through all offers. Its last word is left out: the grammar ends one wherever it is read, so only the next confirms it.</param>
    /// <param name="threshold">The probability below which it is something else.</param>
    public IReadOnlyList<Segment> Heard(Decoding path, double threshold)
    {
        var said = path with { Words = [.. path.Words.SkipLast(1)] };
        // Without a rival: 150 learners' answers, judged at 0.5, kept 86 % of the right paths and 10 % of those of sentences that were not on offer.
        if (said.IsEmpty || AnswerConfidence.Of(said, Decoding.Nothing) < threshold) { return []; }
        string[] words = [.. path.Words.Select(word => word.Word)];
        var offer = _answers.Find(answer => answer.Words.AsSpan().StartsWith(words)) ?? Joined(words, isOpen: true);
        return offer is null ? said.Words : TranscriptWriter.AsWritten(offer, [.. said.Words]);
    }

    /// <summary>Finds what of the hints was said.</summary>
    public GuidedResult Decode(Decoder decoder, Cepstra cepstra, CancellationToken cancellationToken)
    {
        try
        {
            if (!HasOffers)
            {
                decoder.UseLanguageModel(Search, _hints.LanguageModelPath!);
                var decoding = new DecodingPass(decoder, cepstra).Finish(cancellationToken);
                return new(null, decoding, Decoding.Nothing, DictationConfidence.Of(decoding));
            }
            AddUnknownWords(decoder);
            var best = Best(decoder, _answers, cepstra, cancellationToken);
            if (best.IsEmpty) { return GuidedResult.Nothing; }
            var match = Match(best);
            var rivals = _answers.Where(answer => !SameWords(answer.Words, best)).ToList();
            var rival = rivals.Count + _phrases.Count == 0 ? Decoding.Nothing : Best(decoder, rivals, cepstra, cancellationToken);
            return new(match, best, rival, AnswerConfidence.Of(best, rival));
        }
        finally
        {
            Close(decoder);
        }
    }

    /// <summary>The offered answer with exactly these words, if there is one.</summary>
    public Offer? Match(Decoding decoding) =>
        _answers.Find(answer => SameWords(answer.Words, decoding)) ?? Joined([.. decoding.Words.Select(word => word.Word)]);

    private static bool SameWords(string[] words, Decoding decoding) =>
        words.Length == decoding.Words.Count && words.Zip(decoding.Words).All(pair => pair.First == pair.Second.Word);

    private Decoding Best(Decoder decoder, List<Offer> answers, Cepstra cepstra, CancellationToken cancellationToken)
    {
        UseOffers(decoder, answers);
        return new DecodingPass(decoder, cepstra).Finish(cancellationToken);
    }

    private void UseOffers(Decoder decoder, List<Offer> answers)
    {
        var sentences = answers.Select(answer => string.Join(' ', answer.Words));
        var phrases = _phrases.Count == 0 ? "" : $"<phrase> = {string.Join(" | ", _phrases.Select(phrase => string.Join(' ', phrase.Words)))};\n";
        var alternatives = string.Join(" | ", _phrases.Count == 0 ? sentences : sentences.Append("<phrase>+"));
        decoder.UseGrammar(Search, $"#JSGF V1.0;\ngrammar {Search};\n{phrases}public <said> = {alternatives};\n");
    }

    private void AddUnknownWords(Decoder decoder)
    {
        foreach (var word in _answers.Concat(_phrases).SelectMany(offer => offer.Words).Distinct())
        {
            decoder.AddWord(word, LetterToSound.Pronounce(word));
        }
    }

    // A run of phrases in their written form; an open one may end inside a phrase.
    private Offer? Joined(string[] said, bool isOpen = false)
    {
        var tokens = new List<(string, string[])>();
        for (var at = 0; at < said.Length;)
        {
            var next = _phrases.Where(phrase => said.AsSpan(at).StartsWith(phrase.Words)).MaxBy(phrase => phrase.Words.Length);
            if (next is null && isOpen) { next = _phrases.Find(phrase => phrase.Words.AsSpan().StartsWith(said.AsSpan(at))); }
            if (next is null) { return null; }
            tokens.AddRange(next.Tokens);
            at += next.Words.Length;
        }
        return tokens.Count == 0 ? null : new Offer(string.Join(' ', tokens.Select(token => token.Item1)), tokens);
    }

    private static List<Offer> Offers(IEnumerable<string> texts) =>
        [.. texts.Select(text => new Offer(text, SpokenForm.Tokens(text))).Where(offer => offer.Words.Length > 0)];
}
