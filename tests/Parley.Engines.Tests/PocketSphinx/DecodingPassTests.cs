using Parley.Audio;
using Parley.PocketSphinx.Asr;
using Parley.Testing;

namespace Parley.Engines.Tests.PocketSphinx;

[Collection(nameof(RealSpeech))]
public sealed class DecodingPassTests(RecognizerFixture fixture)
{
    [Theory]
    [InlineData("jfk.wav")]
    [InlineData("austen-0870.wav")]
    [InlineData("cards-005.wav")]
    public void Finish_AudioCameInTenths_FindsTheWordsOfTheWholeUtterance(string file)
    {
        var samples = WavReader.Read(SharedData.Find("speech/" + file)).Samples;
        Assert.Equal("pocketsphinx", fixture.Recognizer.Name); // skips where the engine is absent
        var options = new PocketSphinxOptions();
        using var decoder = Decoder.ForDictation(options);

        Assert.Equal(Decode(decoder, options, samples, samples.Length), Decode(decoder, options, samples, AudioMath.SpeechRate / 10));
    }

    private static string Decode(Decoder decoder, PocketSphinxOptions options, short[] samples, int step)
    {
        using var frontEnd = new FrontEnd(options);
        var cepstra = new Cepstra();
        var pass = new DecodingPass(decoder, cepstra);
        foreach (var part in samples.Chunk(step))
        {
            frontEnd.Process(part, cepstra);
            pass.Advance(CancellationToken.None);
        }
        return pass.Finish(CancellationToken.None).Text;
    }
}
