using Parley.PocketSphinx.Asr;

namespace Parley.Engines.Tests.PocketSphinx;

public sealed class PartialStabilizerTests
{
    [Fact]
    public void Update_WordStandsLongEnough_BecomesStable()
    {
        var partials = new PartialStabilizer();
        for (var look = 1; look < PartialStabilizer.Agreement; look++) { Assert.NotEqual(3, partials.Update(Path("one"), 100)?.StableLength); }

        Assert.Equal(3, partials.Update(Path("one"), 100)?.StableLength);
    }

    [Fact]
    public void Update_PathContradictsTheStableWords_KeepsThemAndTakesTheRest()
    {
        var partials = new PartialStabilizer();
        for (var look = 0; look < PartialStabilizer.Agreement; look++) { partials.Update(Path("one", "two"), 100); }

        var partial = partials.Update(Path("won", "too", "three"), 120);
        Assert.Equal("one two three", partial?.Text);
        Assert.Equal(7, partial?.StableLength);
    }

    [Fact]
    public void Update_WordJustEnded_IsNotStable()
    {
        var partials = new PartialStabilizer();
        for (var look = 0; look < 2 * PartialStabilizer.Agreement; look++) { Assert.Equal(0, partials.Update(Path("one"), 20)?.StableLength ?? 0); }
    }

    // Words of ten frames each.
    private static Segment[] Path(params string[] words) => [.. words.Select((word, i) => new Segment(word, 10 * i, (10 * i) + 9, -1, -1, 0))];
}
