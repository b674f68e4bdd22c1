using System.CommandLine;
using System.Globalization;
using Parley.Alignment;
using Parley.Cli.Assessing;
using Parley.Diagnostics;
using Parley.Learning.Pronunciation;
using Parley.Learning.Pronunciation.Features;
using Parley.Learning.Pronunciation.Stress;
using Parley.Learning.Pronunciation.Training;
using Parley.Server.Configuration;

namespace Parley.Cli.Commands;

/// <summary><c>parley train pronunciation</c>: fits the coach's ear to experts' scores.</summary>
internal static class TrainCommand
{
    private const string Data = "../shared/data/speechocean762-train", Coefficients = "src/Parley.Learning/Pronunciation/pronunciation.coefficients", StressWeights = "src/Parley.Learning/Pronunciation/Stress/stress.coefficients";

    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = $"A folder with scores.jsonl and audio/ID.flac. Default: {Data}, seen from the repository." };
        var output = Output(Coefficients);
        var validate = new Option<string?>("--cross-validate") { Description = "Write the assessments of each recording by models that have not heard its speaker, one JSON object a line; coefficients only with --out." };
        var pronunciation = new Command("pronunciation", "Fit the scores of assess to experts' scores, and print how well they agree on other speakers.") { data, output, validate };
        pronunciation.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(data) ?? FromRepository(Data), parsed.GetValue(output) ?? (parsed.GetValue(validate) is null ? FromRepository(Coefficients) : null), parsed.GetValue(validate), cancellationToken));
        var weights = Output(StressWeights);
        var stress = new Command("stress", "Fit what makes a syllable stand out, and print how well a wrong stress is told on other speakers.") { data, weights };
        stress.SetAction((parsed, cancellationToken) => FitStressAsync(parsed.GetValue(data) ?? FromRepository(Data), parsed.GetValue(weights) ?? FromRepository(StressWeights), cancellationToken));
        return new Command("train", "Fit what learners are judged by.") { pronunciation, stress };
    }

    private static Option<string?> Output(string file) =>
        new("--out") { Description = $"The file that takes the coefficients. Default: {file} of the repository, which the next build embeds." };

    private static async Task<int> RunAsync(string data, string? output, string? validate, CancellationToken cancellationToken)
    {
        var readings = await ReadAsync(data, cancellationToken);
        IReadOnlyList<HeldOutReading> heldOut;
        using (var bar = new CountBar("judging", 5)) { heldOut = CrossValidation.Run(readings, bar.Advance); }
        Print(CrossValidation.Compare(heldOut));
        if (validate is not null) { await File.WriteAllLinesAsync(validate, heldOut.Select(r => AssessmentLine.Of(r.Id, r.Assessment)), cancellationToken); }
        if (output is not null)
        {
            // Whole or not at all: what is there already is what the program is built with.
            var written = new MemoryStream();
            PronunciationTraining.Fit(readings).Write(written);
            await File.WriteAllBytesAsync(output, written.ToArray(), cancellationToken);
            Console.Out.WriteLine($"{output}: {written.Length / 1024} kB");
        }
        return ExitCodes.Done;
    }

    private static async Task<int> FitStressAsync(string data, string output, CancellationToken cancellationToken)
    {
        var lexicon = StressLexicon.Installed ?? throw new UsageException($"There is no {StressLexicon.PackageFile}: ./parley setup brings it.");
        var readings = await ReadAsync(data, cancellationToken, disturb: false);
        var f = StressTraining.CrossValidate(readings, lexicon);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            Of {f.Right} words that experts find stressed right, on speakers that were not fitted to: the right syllable stands out most in {f.FirstOfRight:0.0%};
            {f.FalseAlarms:0.0%} are told to be wrong, and of {f.UnclearOfRight:0.0%} nothing is told. Of {f.Wrong} that they find wrong {f.Found} are found, and of {f.UnclearOfWrong} nothing is told.
            """));
        await File.WriteAllTextAsync(output, StressTraining.Fit(readings, lexicon), cancellationToken);
        Console.Out.WriteLine($"{output}: written");
        return ExitCodes.Done;
    }

    private static async Task<IReadOnlyList<ScoredReading>> ReadAsync(string data, CancellationToken cancellationToken, bool disturb = true)
    {
        var list = Path.Combine(data, "scores.jsonl");
        if (!File.Exists(list)) { throw new UsageException($"There is no file {list}."); }
        var (all, codecs) = (ExpertScores.Load(list), AudioServices.Codecs());
        IReadOnlyList<string>[] texts = [.. all.Select(s => ReadingText.Words(s.Text))];
        var others = new DisturbedTexts(texts);
        var aligner = AssessCommand.Aligner(Environment.ProcessorCount);
        using var owned = aligner as IDisposable;
        var readings = new ScoredReading?[all.Count];
        using (var bar = new CountBar("aligning", all.Count))
        {
            await Parallel.ForAsync(0, all.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, async (i, stop) =>
            {
                var samples = AudioFile.ReadSpeech(codecs, Path.Combine(data, "audio", all[i].Id + ".flac"));
                var alignment = await AlignAsync(aligner, texts[i], samples, stop);
                var disturbed = disturb ? await AlignAsync(aligner, others.Of(i), samples, stop) : null;
                if (alignment is not null) { readings[i] = new(all[i], alignment, SpeechTrack.Of(samples), disturbed); }
                bar.Advance();
            });
        }
        Console.Out.WriteLine($"{readings.Count(r => r is not null)} of {all.Count} recordings were aligned.");
        return [.. readings.OfType<ScoredReading>()];
    }

    private static async Task<PhoneAlignment?> AlignAsync(IPhoneAligner aligner, IReadOnlyList<string> words, short[] samples, CancellationToken cancellationToken)
    {
        try
        {
            return await aligner.AlignAsync(words, samples, cancellationToken);
        }
        catch (VoiceException e) when (e.Class == FailureClass.UserInput)
        {
            return null;
        }
    }

    private static void Print(PronunciationFigures f) => Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
        Pearson's r with the experts, on speakers that were not fitted to (beside it: plain goodness of pronunciation)
        total     {f.Total:0.000}  ({f.PlainTotal:0.000})
        accuracy  {f.Accuracy:0.000}
        fluency   {f.Fluency:0.000}
        prosody   {f.Prosody:0.000}
        word      {f.Word:0.000}  ({f.PlainWord:0.000})
        phone     {f.Phone:0.000}  ({f.PlainPhone:0.000})
        Of the words found where 7 in 10 bad ones are found, bad are {f.BadWordPrecision:0.0%} ({f.PlainBadWordPrecision:0.0%}). Whether a word was said: area {f.SaidArea:0.000}.
        Doubted to be of their text: {f.Doubted:0.0%}; other texts that are not doubted: {f.OtherTextsTrusted:0.0%}.
        """));

    private static string FromRepository(string path)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Parley.slnx"))) { return Path.GetFullPath(Path.Combine(directory.FullName, path)); }
        }
        throw new UsageException("This is not run from a checkout: say --data and --out.");
    }
}
