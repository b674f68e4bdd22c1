using Parley.Tutor.Dialogue;

namespace Parley.Core.Tests.Tutor;

public sealed class RecasterTests
{
    [Theory]
    [InlineData("I want go to the station", "you want to go to the station")]
    [InlineData("I am agree with my boss", "you agree with your boss")]
    [InlineData("I have twenty years", "you are twenty years old")]
    [InlineData("she go to school", "she goes to school")]
    [InlineData("I no like coffee", "you don't like coffee")]
    [InlineData("two coffee please", "two coffees please")]
    [InlineData("I am born in Rome", "you were born in Rome")]
    [InlineData("I didn't went to work", "you didn't go to work")]
    [InlineData("I want a apple", "you want an apple")]
    [InlineData("it is more better now", "it is better now")]
    [InlineData("I live here since two years.", "you live here for two years")]
    public void Recast_Slip_GivesGoodEnglishInTheSecondPerson(string heard, string expected) => Assert.Equal(expected, Recaster.Recast(heard));

    [Theory]
    [InlineData("I want to go to the station")]
    [InlineData("I'd like two coffees, please")]
    [InlineData("I have been there for two years")]
    [InlineData("an hour ago I ate a useful apple")]
    [InlineData("do you want go home")]
    [InlineData("two day")]
    public void Recast_NothingCertainIsWrong_IsNull(string heard) => Assert.Null(Recaster.Recast(heard));
}
