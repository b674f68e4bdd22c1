using Parley.PocketSphinx.Asr;

namespace Parley.Engines.Tests.PocketSphinx;

[Collection(nameof(RealSpeech))]
public sealed class DecoderTests(RecognizerFixture fixture)
{
    [Fact]
    public void UseGrammar_UtteranceBrokenOff_StartsAfresh()
    {
        Assert.Equal("pocketsphinx", fixture.Recognizer.Name); // skips where the engine is absent
        using var decoder = Decoder.ForGuidance(new PocketSphinxOptions());
        decoder.UseGrammar("first", "#JSGF V1.0; grammar first; public <said> = yes;");
        decoder.Start();
        decoder.Feed(new float[20 * Cepstra.Size]);

        decoder.UseGrammar("second", "#JSGF V1.0; grammar second; public <said> = no;");
        decoder.Start();
        decoder.Feed(new float[60 * Cepstra.Size]);
        decoder.Stop();

        Assert.DoesNotContain(decoder.Read().Words, word => word.Word == "yes");
    }
}
