using Parley.Learning.Pronunciation;
using Parley.Learning.Pronunciation.Training;

namespace Parley.Learning.Tests.Pronunciation;

public sealed class TrainingTests
{
    [Fact]
    public async Task Fit_SameReadings_GivesTheSameCoefficients()
    {
        var readings = await Readings.CreateAsync();

        Assert.Equal(Bytes(PronunciationTraining.Fit(readings)), Bytes(PronunciationTraining.Fit(readings)));
    }

    [Fact]
    public async Task CrossValidate_GoodAndBadSpeakers_AreToldApart()
    {
        var figures = CrossValidation.Compare(CrossValidation.Run(await Readings.CreateAsync()));

        Assert.InRange(figures.Total, 0.9, 1);
        Assert.InRange(figures.Phone, 0.9, 1);
        Assert.InRange(figures.SaidArea, 0.7, 1);
    }

    [Fact]
    public async Task Folds_AnySpeaker_IsInOne()
    {
        var readings = await Readings.CreateAsync();

        Assert.All(SpeakerFolds.Of(readings, 5), parts =>
        {
            Assert.Equal(readings.Count, parts.Others.Count + parts.Fold.Count);
            Assert.Empty(parts.Fold.Select(i => readings[i].Scores.Speaker).Intersect(parts.Others.Select(i => readings[i].Scores.Speaker)));
        });
    }

    [Fact]
    public async Task Read_WrittenCoefficients_GuessesTheSame()
    {
        var readings = await Readings.CreateAsync();
        var model = PronunciationTraining.Fit(readings);

        var again = PronunciationModel.Read(new MemoryStream(Bytes(model)));

        Assert.Equal(model.Score(readings[0].Reading).Utterance, again.Score(readings[0].Reading).Utterance);
        Assert.Equal(model.Score(readings[1].Reading).Phones, again.Score(readings[1].Reading).Phones);
    }

    [Fact]
    public async Task Read_DamagedCoefficients_Throws()
    {
        var bytes = Bytes(PronunciationTraining.Fit(await Readings.CreateAsync()));

        Assert.Throws<InvalidDataException>(() => PronunciationModel.Read(new MemoryStream(bytes[..(bytes.Length / 2)])));
        Assert.Throws<InvalidDataException>(() => PronunciationModel.Read(new MemoryStream([.. "other"u8])));
    }

    [Fact]
    public void Load_Scores_AreRead()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, """{"id":"7","speaker":"a","text":"TOM","total":9.1,"accuracy":9,"fluency":8,"prosody":7,"fluency_experts":[8,9,7,10],"words":[{"accuracy":10,"phones":[{"phone":"T","score":2}]},{"accuracy":3,"phones":null}]}""");

        var scores = Assert.Single(ExpertScores.Load(path));

        Assert.Equal(("7", "a", "TOM", 4), (scores.Id, scores.Speaker, scores.Text, scores.Utterance.Count));
        Assert.Equal([9.1f, 9, 8.25f, 7], scores.Sought);
        Assert.Null(scores.Words[1].Phones);
        File.WriteAllText(path, "{}");
        Assert.Throws<InvalidDataException>(() => ExpertScores.Load(path));
        File.Delete(path);
    }

    [Fact]
    public void Disturb_Text_ChangesAWordOrAll()
    {
        string[][] texts = [["one", "two", "three", "four"], ["five", "six", "seven", "eight"]];

        var disturbed = new DisturbedTexts(texts);

        Assert.Equal(texts[1], disturbed.Of(0));
        Assert.InRange(texts[1].Zip(disturbed.Of(1)).Count(pair => pair.First != pair.Second), 0, 1);
        Assert.Equal(disturbed.Of(1), new DisturbedTexts(texts).Of(1));
    }

    [Fact]
    public void Disturb_OnlyText_StaysAsItIs() => Assert.Equal(["one"], new DisturbedTexts([["one"]]).Of(0));

    private static byte[] Bytes(PronunciationModel model)
    {
        var stream = new MemoryStream();
        model.Write(stream);
        return stream.ToArray();
    }
}
