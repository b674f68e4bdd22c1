using Parley.Transports.EchoKit;
using Parley.Transports.Protocol;
using Parley.Tts;

namespace Parley.Core.Tests.Transports.EchoKit;

public sealed class VowelTrackTests
{
    private readonly VowelTrack _track = new();

    [Theory]
    [InlineData(Viseme.AA, 1)]
    [InlineData(Viseme.E, 2)]
    [InlineData(Viseme.IH, 3)]
    [InlineData(Viseme.OH, 4)]
    [InlineData(Viseme.OU, 5)]
    [InlineData(Viseme.SS, 0)]
    [InlineData(Viseme.Sil, 0)]
    public void In_OneShape_IsItsNumber(Viseme viseme, int number)
    {
        _track.Add([Shape(0, 1_920, viseme)]);
        Assert.Equal(number, (int)_track.In(0, 1_920));
    }

    [Fact]
    public void In_SeveralShapes_IsTheVowelThatLastsLongest()
    {
        _track.Add([Shape(0, 900, Viseme.SS), Shape(900, 420, Viseme.AA), Shape(1_320, 600, Viseme.OU)]);
        Assert.Equal(Vowel.U, _track.In(0, 1_920));
    }

    [Fact]
    public void In_VowelThatIsCutByTheFrames_CountsInEachForItsPart()
    {
        _track.Add([Shape(0, 1_500, Viseme.PP), Shape(1_500, 1_500, Viseme.E), Shape(3_000, 2_000, Viseme.NN)]);
        Assert.Equal([Vowel.None, Vowel.E, Vowel.None], [_track.In(0, 1_920), _track.In(1_920, 1_920), _track.In(3_840, 1_920)]);
    }

    [Fact]
    public void In_NothingKnown_IsNone()
    {
        Assert.Equal(Vowel.None, _track.In(0, 1_920));
        _track.Add([Shape(0, 5_000, Viseme.AA)]);
        _track.Clear();
        Assert.Equal(Vowel.None, _track.In(0, 1_920));
    }

    private static VisemeItem Shape(long start, long samples, Viseme viseme) => new(start, samples, viseme, 1);
}
