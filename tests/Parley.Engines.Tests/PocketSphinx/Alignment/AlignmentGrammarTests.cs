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

    private static int[] Sounds(string names) => [.. names.Split(' ').Select(Phones.IndexOf)];

    private static Segment[] Path(string labels) =>
        [.. labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((label, i) => new Segment(label, 10 * i, (10 * i) + 9, 0, 0, 0))];
}
