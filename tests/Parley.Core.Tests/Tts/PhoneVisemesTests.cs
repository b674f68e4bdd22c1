using Parley.Tts;

namespace Parley.Core.Tests.Tts;

public sealed class PhoneVisemesTests
{
    private const string CmuPhones = "aa ae ah ao aw ay b ch d dh eh er ey f g hh ih iy jh k l m n ng ow oy p r s sh t th uh uw v w y z zh";

    [Fact]
    public void Of_EveryCmuPhone_HasAMouthShape() =>
        Assert.All(CmuPhones.Split(' '), phone => Assert.NotEqual(Viseme.Sil, PhoneVisemes.Of(phone)));

    [Fact]
    public void Of_AllPhones_UseAllFifteenShapes() =>
        Assert.Equal(15, CmuPhones.Split(' ').Append("pau").Select(PhoneVisemes.Of).Distinct().Count());

    [Theory]
    [InlineData("pau", Viseme.Sil)]
    [InlineData("m", Viseme.PP)]
    [InlineData("dh", Viseme.TH)]
    [InlineData("sh", Viseme.CH)]
    [InlineData("uw", Viseme.OU)]
    [InlineData("nonsense", Viseme.Sil)]
    public void Of_Phone_GivesItsClass(string phone, Viseme expected) => Assert.Equal(expected, PhoneVisemes.Of(phone));

    [Fact]
    public void Track_NeighboursOfOneShape_AreOneSpan()
    {
        var track = PhoneVisemes.Track([new("b", 0, 10), new("p", 10, 5), new("s", 15, 20), new("z", 35, 1), new("b", 36, 4)]);
        Assert.Equal([new(Viseme.PP, 0, 15), new(Viseme.SS, 15, 21), new(Viseme.PP, 36, 4)], track);
    }
}
