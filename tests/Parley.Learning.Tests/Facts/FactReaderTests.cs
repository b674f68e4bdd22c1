using Parley.Learning.Facts;

namespace Parley.Learning.Tests.Facts;

public sealed class FactReaderTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("My name is Li Wei.", FactKind.Name, "Li Wei")]
    [InlineData("my name's anna", FactKind.Name, "Anna")]
    [InlineData("Hello, you can call me Ming.", FactKind.Name, "Ming")]
    [InlineData("I'm 24 years old.", FactKind.Age, "24")]
    [InlineData("I live in Shanghai with my parents.", FactKind.Home, "Shanghai with my parents")]
    [InlineData("Well, I live near the sea because I like it.", FactKind.Home, "the sea")]
    [InlineData("I'm from a small town in Poland.", FactKind.Origin, "a small town in Poland")]
    [InlineData("I come from Brazil, but I live here.", FactKind.Origin, "Brazil")]
    [InlineData("I work as a nurse in a hospital.", FactKind.Job, "a nurse in a hospital")]
    [InlineData("I am a primary school teacher.", FactKind.Job, "primary school teacher")]
    [InlineData("Yes, I'm a software engineer and I like it.", FactKind.Job, "software engineer")]
    [InlineData("I study economics at university.", FactKind.Job, "economics at university")]
    [InlineData("I have two older sisters.", FactKind.Family, "two older sisters")]
    [InlineData("I have got a small brown dog.", FactKind.Family, "a small brown dog")]
    [InlineData("My sister is a doctor.", FactKind.Family, "a doctor")]
    [InlineData("I'm married.", FactKind.Family, "married")]
    [InlineData("I really like playing the guitar very much.", FactKind.Like, "playing the guitar")]
    [InlineData("My hobbies are swimming and reading.", FactKind.Like, "swimming and reading")]
    [InlineData("My favourite food is dumplings.", FactKind.Like, "dumplings")]
    [InlineData("I like tea and my brother likes coffee.", FactKind.Like, "tea")]
    [InlineData("I don't like fish.", FactKind.Dislike, "fish")]
    [InlineData("I'm afraid of big dogs.", FactKind.Dislike, "big dogs")]
    [InlineData("I'm learning English because I want to study abroad.", FactKind.Aim, "I want to study abroad")]
    [InlineData("I want to become a pilot.", FactKind.Aim, "a pilot")]
    public void Read_WhatSomebodySaysOfThemselves_IsAFact(string text, FactKind kind, string value)
    {
        var fact = FactReader.Read(text, s_now)[0];
        Assert.Equal((kind, value, s_now), (fact.Kind, fact.Value, fact.At));
        Assert.Contains(value, text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Do you like music?")]
    [InlineData("I would like a coffee, please.")]
    [InlineData("She said I live in London.")]
    [InlineData("If I live in London, I will be happy.")]
    [InlineData("I like it.")]
    [InlineData("I like this one.")]
    [InlineData("I'm a little tired today.")]
    [InlineData("I am a big fan.")]
    [InlineData("My name is not important.")]
    [InlineData("I have a headache.")]
    [InlineData("I have a question for you.")]
    [InlineData("I'm 200 years old.")]
    [InlineData("My sister was here.")]
    [InlineData("")]
    [InlineData("🙂🙂 <b>!!</b> 我喜欢喝茶")]
    public void Read_WhatIsNone_IsNone(string text) => Assert.Empty(FactReader.Read(text, s_now));

    [Fact]
    public void Read_SeveralSentences_FindsAFactInEach() => Assert.Equal(
        [FactKind.Name, FactKind.Job, FactKind.Like], FactReader.Read("My name is Li. I am a nurse, and I love old films.", s_now).Select(f => f.Kind));

    [Theory]
    [InlineData("I live in Paris.", "I live in Rome.", true)]
    [InlineData("I like tea.", "I like Tea a lot.", true)]
    [InlineData("I like tea.", "I like coffee.", false)]
    public void Read_SaidAgain_HasTheSameName(string first, string second, bool replaces) =>
        Assert.Equal(replaces, FactReader.Read(first, s_now)[0].Id == FactReader.Read(second, s_now)[0].Id);

    [Fact]
    public void Read_TenThousandCharacters_EndsSoon() =>
        Assert.NotEmpty(FactReader.Read(string.Concat(Enumerable.Repeat("I like tea and ", 700)) + "that is all", s_now));
}
