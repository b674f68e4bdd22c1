using Parley.Learning.Grammar;
using Parley.Learning.Grammar.Rules;

namespace Parley.Learning.Tests.Grammar;

public sealed class RuleBookTests
{
    public static TheoryData<string, string, string, bool> Examples =>
        [.. RuleBook.All.SelectMany(r => r.Examples.Select(e => new TheoryDataRow<string, string, string, bool>(r.Name, e.Before, e.After, r.Medium != Medium.Written)))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Correct_ExampleOfARule_BecomesWhatTheRuleSays(string rule, string before, string after, bool spoken)
    {
        var correction = Language.Rules.Correct(new CorrectionRequest(before, spoken));
        Assert.Equal(after, correction.Corrected);
        if (before != after) { Assert.Contains(correction.Edits, e => e.Rule == rule); }
    }

    [Fact]
    public void All_Rules_AreWholeAndTheirOwn()
    {
        Assert.InRange(RuleBook.All.Count, 100, 1_000);
        Assert.Equal(RuleBook.All.Count, RuleBook.All.Select(r => r.Name).Distinct().Count());
        Assert.All(RuleBook.All, r =>
        {
            Assert.Contains(r.Examples, e => e.Before != e.After);
            Assert.Contains(r.Examples, e => e.Before == e.After);
            Assert.Matches("^[ABC][12]$", r.Level);
            Assert.Matches("^[A-Z]+(:[A-Z]+)?$", r.Type);
            Assert.NotEqual("", r.Why);
            Assert.NotEqual("", r.WhyChinese);
        });
    }

    [Theory]
    [InlineData("rule x PREP A2", "match a", "put b", "why c")]
    [InlineData("rule x PREP A2", "match %nolist", "put b", "why c", "zh d")]
    [InlineData("rule x PREP A2", "match NOTAG", "put b", "why c", "zh d")]
    [InlineData("rule x PREP A2", "match a", "put 2", "why c", "zh d")]
    [InlineData("match a", "put b")]
    public void Read_DamagedRule_IsRefused(params string[] lines) => Assert.Throws<FormatException>(() => RuleBook.Read(lines));
}
