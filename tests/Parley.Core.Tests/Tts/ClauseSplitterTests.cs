using Parley.Tts;

namespace Parley.Core.Tests.Tts;

public sealed class ClauseSplitterTests
{
    private const string Padding = "This opening is here only so that the later rules apply to what follows. And this one is long enough too, "
        + "since clauses grow as the reply goes on. ";

    [Theory]
    [InlineData("Hello there, how are you?", "Hello there,")]
    [InlineData("Well, that is a good question.", "Well, that is a good question.")]
    [InlineData("Unfortunately, no.", "Unfortunately,")]
    [InlineData("Hi! Nice to see you.", "Hi!")]
    [InlineData("You mean this: apples.", "You mean this:")]
    [InlineData("I see — you want tea.", "I see —")]
    [InlineData("I see - you want tea.", "I see -")]
    [InlineData("\"Hello!\" she said.", "\"Hello!\"")]
    [InlineData("(It rains.) Take a coat.", "(It rains.)")]
    [InlineData("Great\nLet's go on.", "Great")]
    [InlineData("你好。今天天气很好。", "你好。")]
    [InlineData("今天天气，很好。", "今天天气，")]
    [InlineData("「你好！」他说。", "「你好！」")]
    [InlineData("The quick brown fox jumps over the lazy dog and then it runs away into the woods", "The quick brown fox jumps over the lazy dog and then it")]
    public void Push_Opening_EndsAsEarlyAsItIsSpeakable(string reply, string first) => Assert.Equal(first, Split(reply)[0].Spoken);

    [Fact]
    public void Push_EmptyLine_GivesOutWhatWasSaidHoweverShort()
    {
        var splitter = new ClauseSplitter();
        Assert.Equal(["Let me check.\n"], splitter.Push("Let me check.\n\n").Select(c => c.Text));
        Assert.Equal(["\nStill looking\n\n"], splitter.Push("Still looking\n\n").Select(c => c.Text));
        Assert.Null(splitter.Flush());
    }

    [Fact]
    public void Push_FirstClause_ComesWithItsLastCharacter()
    {
        var splitter = new ClauseSplitter();
        Assert.Empty(splitter.Push("Hello there,"));
        Assert.Equal("Hello there,", Assert.Single(splitter.Push(" ")).Spoken);
    }

    [Theory]
    [InlineData("Pi is 3.14 or so.")]
    [InlineData("Ask Mr. Brown or Dr. Smith.")]
    [InlineData("Use fruit (e.g. apples) here.")]
    [InlineData("Made in the U.S. or not.")]
    [InlineData("Come at 9 a.m. or later.")]
    [InlineData("It was J. R. R. Tolkien.")]
    [InlineData("Wait... what is that?")]
    [InlineData("See https://example.org/a.b?c=d now.")]
    [InlineData("Mail jo.doe@example.org now.")]
    [InlineData("Come at 10:30 today.")]
    [InlineData("It costs 1,000,000 now.")]
    [InlineData("He has a Ph.D. in maths.")]
    [InlineData("1. Apples are red.")]
    public void Push_MarkInsideAWord_DoesNotSplit(string sentence)
    {
        Assert.Equal([sentence], Split(sentence).Select(c => c.Spoken));
        Assert.Contains(Split(Padding + sentence + " End."), c => c.Spoken.Contains(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("**Bold** and *slanted* and __both__.", "Bold and slanted and both.")]
    [InlineData("# Title\n", "Title")]
    [InlineData("Use `dotnet build` now.", "Use dotnet build now.")]
    [InlineData("See [the guide](https://example.org/x.html).", "See the guide.")]
    [InlineData("- apples", "apples")]
    [InlineData("> quoted", "quoted")]
    [InlineData("Nice 🙂👍🏽 work!", "Nice work!")]
    [InlineData("2 * 3 is 6 in my_file.", "2 * 3 is 6 in my_file.")]
    [InlineData("It is 20°C.", "It is 20°C.")]
    [InlineData("Yes <think>he may want more, I guess. Hm.</think>indeed.", "Yes indeed.")]
    [InlineData("a < b and x <thing>.", "a < b and x <thing>.")]
    [InlineData("It ends <thi", "It ends <thi")]
    [InlineData("Never closed <think>so nothing more.", "Never closed")]
    public void Push_Markup_IsKeptInTheTextAndNotSpoken(string reply, string spoken)
    {
        var clauses = Split(reply);
        Assert.Equal(spoken, string.Join(' ', clauses.Select(c => c.Spoken)));
        Assert.Equal(reply, string.Concat(clauses.Select(c => c.Text)));
    }

    [Fact]
    public void Push_JoinedLines_ArePausedBetween()
    {
        var clauses = Split(Padding + "You need:\n- milk\n- eggs\n- bread\n");
        Assert.Contains(clauses, c => c.Spoken.EndsWith("You need: milk. eggs. bread", StringComparison.Ordinal));
    }

    [Fact]
    public void Push_LongReply_ClausesGrowUpToTheMaximum()
    {
        var clauses = Split(string.Concat(Enumerable.Repeat("This is one more short sentence. ", 30)));

        Assert.Equal("This is one more short sentence.", clauses[0].Spoken);
        Assert.True(clauses[^2].Spoken.Length >= 100, "Later clauses stay short.");
        Assert.All(clauses, c => Assert.InRange(c.Text.Length, 1, ClauseSplitter.MaxLater));
        Assert.All(clauses, c => Assert.EndsWith(".", c.Spoken, StringComparison.Ordinal));
    }

    [Fact]
    public void Push_SentenceWithoutEnd_IsCutAtCommasThenAtWords()
    {
        var commas = Split("Go. " + string.Concat(Enumerable.Repeat("and there is one more thing, ", 20)));
        Assert.All(commas.Skip(1), c => Assert.EndsWith("thing,", c.Spoken, StringComparison.Ordinal));

        var words = Split("Go. " + string.Concat(Enumerable.Repeat("word ", 100)));
        Assert.All(words, c => Assert.InRange(c.Text.Length, 1, ClauseSplitter.MaxLater));
        Assert.All(words.Skip(1), c => Assert.EndsWith("word", c.Spoken, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("🙂")]
    [InlineData("*** \n\n")]
    [InlineData("<think>only thoughts</think>")]
    public void Push_NothingSpeakable_SpeaksNothing(string reply)
    {
        var clauses = Split(reply);
        Assert.All(clauses, c => Assert.Equal("", c.Spoken));
        Assert.Equal(reply, string.Concat(clauses.Select(c => c.Text)));
    }

    [Fact]
    public void Push_AnyTokenBoundaries_GivesTheSameClausesAndTheWholeReply()
    {
        const string Parts = "Hello there, |Mr. Brown| said \"hi.\" |It's 3.14, |e.g. this|... |**bold**| [a link](http://x.y/z). |\n- item\n|你好。|，世界！|🙂|"
            + "<think>|</think>|<thi|<|word |another |U.S. |10:30 |a, b; c: d — e - f |? |! |) |`code` |1. |long-word-without-end";
        var parts = Parts.Split('|');
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var reply = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => parts[random.Next(parts.Length)]));
            var whole = Split(reply, [reply.Length]);
            var single = Split(reply, Enumerable.Repeat(1, reply.Length));
            var dealt = Split(reply, Enumerable.Range(0, reply.Length).Select(_ => random.Next(1, 9)));

            Assert.True(string.Concat(whole.Select(c => c.Text)) == reply, $"Seed {seed}: the clauses are not the reply.");
            Assert.True(whole.SequenceEqual(single) && whole.SequenceEqual(dealt), $"Seed {seed}: token boundaries show.");
            Assert.All(whole, c => Assert.Equal(c.Text, reply.Substring(c.Offset, c.Text.Length)));
        }
    }

    private static List<Clause> Split(string reply) => Split(reply, [reply.Length]);

    private static List<Clause> Split(string reply, IEnumerable<int> lengths)
    {
        var splitter = new ClauseSplitter();
        var clauses = new List<Clause>();
        var at = 0;
        foreach (var length in lengths)
        {
            var take = Math.Min(length, reply.Length - at);
            clauses.AddRange(splitter.Push(reply.Substring(at, take)));
            at += take;
        }
        Assert.Equal(reply.Length, at);
        if (splitter.Flush() is { } rest) { clauses.Add(rest); }
        return clauses;
    }
}
