using Parley.Alignment;
using Parley.PocketSphinx.Alignment;
using Parley.PocketSphinx.Asr;

namespace Parley.Engines.Tests.PocketSphinx.Alignment;

public sealed class AlignmentGrammarTests
{
    private static readonly AlignmentGrammar s_grammar = new([[[Sounds("DH AH"), Sounds("DH IY")]], [], [[Sounds("EH N D"), Sounds("EH N")]]]);

    [Fact]
    public void ToJsgf_VariantsAndPauses_AreAllAllowed() => Assert.Equal(
        "#JSGF V1.0;\ngrammar text;\npublic <text> = [PAU] (DH AH | DH IY) [PAU] (EH N D | EH N) [PAU];\n", s_grammar.ToJsgf());

    [Fact]
    public void Read_PathWithPauses_GivesEachWordItsPhones()
    {
        var words = s_grammar.Read(Path("PAU DH IY PAU EH N PAU"));

        Assert.NotNull(words);
        Assert.Equal(["DH IY", "", "EH N"], words.Select(w => string.Join(' ', w.Select(p => p.Name))));
        Assert.Equal(new AlignedPhone(Phones.IndexOf("DH"), 10, 20), words[0][0]);
    }

    [Theory]
    [InlineData("DH IY EH")]
    [InlineData("DH IY EH N D T")]
    [InlineData("")]
    public void Read_PathOfAnotherText_IsNone(string path) => Assert.Null(s_grammar.Read(Path(path)));

    [Fact]
    public void ToJsgf_Insertions_MayStandBeforeEachWord() => Assert.Equal(
        "#JSGF V1.0;\ngrammar text;\npublic <text> = [PAU] [(<filler> | (DH_ AH_ | DH_ IY_) | (DH_ AH_ | DH_ IY_) (EH_ N_ D_ | EH_ N_)) [PAU]] (DH AH | DH IY) [PAU] "
        + "[(<filler> | (EH_ N_ D_ | EH_ N_)) [PAU]] (EH N D | EH N) [PAU];\n<filler> = AH_ | ER_ | AH_ M_ | ER_ M_;\n", s_grammar.ToJsgf(insertions: true));

    [Theory]
    [InlineData("AH_ M_ PAU DH IY EH N", "um", 0, 0, 20)]
    [InlineData("DH IY PAU EH_ N_ D_ PAU EH N", "and", 2, 30, 60)]
    [InlineData("DH_ AH_ EH_ N_ DH IY EH N", "the and", 0, 0, 40)]
    public void Insertions_PathWithMoreThanTheText_AreNamed(string labels, string text, int before, int first, int end)
    {
        var path = Path(labels);
        var words = s_grammar.Read(path)!;

        var found = Assert.Single(AlignmentGrammar.Insertions(path, ["the", "…", "and"], words));

        Assert.Equal(new InsertedSpeech(before, text, first, end), found.Speech);
        Assert.Equal(["DH IY", "", "EH N"], words.Select(w => string.Join(' ', w.Select(p => p.Name))));
    }

    private static int[] Sounds(string names) => [.. names.Split(' ').Select(Phones.IndexOf)];

    private static Segment[] Path(string labels) =>
        [.. labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((label, i) => new Segment(label, 10 * i, (10 * i) + 9, 0, 0, 0))];
}
