using System.Buffers.Binary;
using Parley.Alignment;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.PocketSphinx.Alignment.Model;
using Parley.PocketSphinx.Asr;
using Parley.Testing;

namespace Parley.Engines.Tests.PocketSphinx.Alignment;

public sealed class AcousticModelTests : IDisposable
{
    private static readonly PocketSphinxOptions s_options = new();

    // The library's scores are negative logarithms to the base 1.0001, shifted right by 10 bits.
    private static readonly double s_unit = 1024 * Math.Log(1.0001);

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-senones-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The library rounds to 10 %, looks at four Gaussians of each codebook, and lets no Gaussian be worse than a floor.
    [Fact]
    public void LogPosteriors_NativeSpeech_AreThoseOfTheLibrary()
    {
        if (PocketSphinxProbe.Missing(s_options) is { } missing) { Assert.Skip(missing); }
        var cepstra = new Cepstra();
        using (var frontEnd = new FrontEnd(s_options, removeNoise: false)) { frontEnd.Process(WavReader.Read(SharedData.Find("speech/austen-0880.wav")).Samples, cepstra); }
        var model = AcousticModel.Load(s_options);

        var ours = model.LogPosteriors(DynamicFeatures.Of(cepstra));
        var theirs = LibraryPosteriors(model, cepstra);

        Assert.Equal(theirs.Length, ours.Length);
        var differences = ours.Zip(theirs, (a, b) => Math.Abs(Math.Exp(a) - Math.Exp(b))).ToArray();
        Assert.InRange(differences.Average(), 0, 0.005);
        Assert.InRange(SameBest(ours, theirs), 0.9, 1);
    }

    [Fact]
    public void Load_DamagedFile_SaysWhich()
    {
        foreach (var name in new[] { "mdef", "means", "variances", "sendump" }) { File.WriteAllBytes(Path.Combine(_folder, name), [1, 2, 3, 4, 5, 6, 7, 8]); }
        Directory.CreateDirectory(Path.Combine(_folder, "en-us"));
        foreach (var file in Directory.GetFiles(_folder)) { File.Move(file, Path.Combine(_folder, "en-us", Path.GetFileName(file))); }

        var damage = Assert.Throws<VoiceException>(() => AcousticModel.Load(new PocketSphinxOptions { ModelPath = _folder }));

        Assert.Contains("mdef", damage.Message, StringComparison.Ordinal);
    }

    private float[] LibraryPosteriors(AcousticModel model, Cepstra cepstra)
    {
        using (var decoder = Decoder.ForAlignment(s_options, _folder))
        {
            decoder.UseGrammar("any", "#JSGF V1.0;\ngrammar any;\npublic <any> = PAU;\n");
            new DecodingPass(decoder, cepstra).Finish(TestContext.Current.CancellationToken);
        }
        var bytes = File.ReadAllBytes(Directory.GetFiles(_folder, "*.sen").Order(StringComparer.Ordinal).Last()).AsSpan();
        bytes = bytes[(bytes.IndexOf("endhdr\n"u8) + 7 + sizeof(int))..];
        var posteriors = new List<float>();
        while (bytes.Length > 0 && posteriors.Count < cepstra.Count * PhoneAlignment.Classes)
        {
            var count = BinaryPrimitives.ReadInt16LittleEndian(bytes);
            var scores = new double[PhoneAlignment.Classes];
            for (var i = 0; i < scores.Length; i++)
            {
                var first = model.CodebookOf(i) * model.StatesPerPhone;
                var best = int.MaxValue;
                for (var state = first; state < first + model.StatesPerPhone; state++) { best = Math.Min(best, BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 + (2 * state))..])); }
                scores[i] = -best * s_unit;
            }
            var total = Math.Log(scores.Sum(Math.Exp));
            posteriors.AddRange(scores.Select(s => (float)(s - total)));
            bytes = bytes[(2 + (2 * count))..];
        }
        return [.. posteriors];
    }

    private static double SameBest(float[] ours, float[] theirs)
    {
        var frames = ours.Length / PhoneAlignment.Classes;
        return Enumerable.Range(0, frames).Count(f => Best(ours, f) == Best(theirs, f)) / (double)frames;

        static int Best(float[] values, int frame) => Enumerable.Range(0, PhoneAlignment.Classes).MaxBy(i => values[(frame * PhoneAlignment.Classes) + i]);
    }
}
