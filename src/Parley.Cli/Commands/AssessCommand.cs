using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Parley.Alignment;
using Parley.Audio.Codecs;
using Parley.Cli.Assessing;
using Parley.Diagnostics;
using Parley.Learning.Pronunciation;
using Parley.Learning.Pronunciation.Reference;
using Parley.Learning.Pronunciation.Stress;
using Parley.Server.Configuration;

namespace Parley.Cli.Commands;

/// <summary><c>parley assess</c>: how a known text was read aloud.</summary>
internal static class AssessCommand
{
    public static Command Create()
    {
        var audio = new Option<string?>("--audio") { Description = "An audio file: WAV, and with libsndfile FLAC, Ogg, MP3 and AIFF." };
        var text = new Option<string?>("--text") { Description = "What is read in it." };
        var manifest = new Option<string?>("--manifest") { Description = "A list of recordings instead, one a line: id, tab, audio file, tab, text." };
        var output = new Option<string?>("--out") { Description = "With --manifest: the file that takes one JSON object a line." };
        var json = CliOptions.Json();
        var command = new Command("assess", "Judge how a text was read aloud: sounds, fluency, prosody, word by word and phone by phone.") { audio, text, manifest, output, json };
        command.SetAction(async (parsed, cancellationToken) => (parsed.GetValue(audio), parsed.GetValue(text), parsed.GetValue(manifest), parsed.GetValue(output)) switch
        {
            ({ } file, { } words, null, null) => await AssessOneAsync(file, words, parsed.GetValue(json), cancellationToken),
            (null, null, { } list, { } target) => await AssessManyAsync(list, target, cancellationToken),
            _ => throw new UsageException("assess takes --audio and --text, or --manifest and --out."),
        });
        return command;
    }

    private static async Task<int> AssessOneAsync(string file, string text, bool json, CancellationToken cancellationToken)
    {
        var samples = AudioFile.ReadSpeech(AudioServices.Codecs(), file);
        var aligner = Aligner(atOnce: 1);
        using var owned = aligner as IDisposable;
        var voice = PronunciationServices.Voice(ParleyConfiguration.FromEnvironment());
        var native = voice.Probe().Available ? new NativeVoice(voice.Create(), aligner) : null;
        Assessment assessment;
        try
        {
            assessment = await new PronunciationAssessor(aligner, Model(), native, lexicon: StressLexicon.Installed).AssessAsync(text, samples, cancellationToken);
        }
        catch (VoiceException e) when (e.Class == FailureClass.UserInput)
        {
            throw new UsageException(e.Message);
        }
        if (json) { Console.Out.WriteLine(JsonSerializer.Serialize(assessment, AssessmentJson.Default.Assessment)); } else { Print(assessment); }
        return ExitCodes.Done;
    }

    private static async Task<int> AssessManyAsync(string list, string target, CancellationToken cancellationToken)
    {
        var rows = Manifest.Read(list);
        await using var file = new StreamWriter(target);
        var codecs = AudioServices.Codecs();
        var aligner = Aligner(Environment.ProcessorCount);
        using var owned = aligner as IDisposable;
        var assessor = new PronunciationAssessor(aligner, Model(), lexicon: StressLexicon.Installed);
        var lines = new string[rows.Count];
        using (var bar = new CountBar("assessing", rows.Count))
        {
            await Parallel.ForAsync(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, async (i, stop) =>
            {
                lines[i] = await LineAsync(assessor, codecs, rows[i], stop);
                bar.Advance();
            });
        }
        foreach (var line in lines) { await file.WriteLineAsync(line); }
        return ExitCodes.Done;
    }

    private static async Task<string> LineAsync(PronunciationAssessor assessor, AudioCodecs codecs, Manifest row, CancellationToken cancellationToken)
    {
        try
        {
            return AssessmentLine.Of(row.Id, await assessor.AssessAsync(row.Text, AudioFile.ReadSpeech(codecs, row.Audio), cancellationToken));
        }
        catch (Exception e) when (e is VoiceException or UsageException or IOException or UnauthorizedAccessException)
        {
            return AssessmentLine.OfError(row.Id, e.Message);
        }
    }

    internal static IPhoneAligner Aligner(int atOnce) => PronunciationServices.Aligner(ParleyConfiguration.FromEnvironment(), TimeProvider.System, atOnce).Create();

    private static PronunciationModel Model() => PronunciationServices.Model(ParleyConfiguration.FromEnvironment());

    private static void Print(Assessment a)
    {
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"total {a.Total:0}, accuracy {a.Accuracy:0}, fluency {a.Fluency:0}, prosody {a.Prosody:0}, completeness {a.Completeness:0}, confidence {a.Confidence:0.00}{(a.Monotone ? ", monotone" : "")}{(a.FitsText ? "" : ", perhaps of another text")}"));
        foreach (var word in a.Words)
        {
            var phones = string.Join(' ', word.Phones.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Phone}{(p.Said is { } said ? $">{said}" : "")}:{p.Score:0}")));
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{word.Accuracy,5:0}  {word.Text,-16}  {(word.Error == WordError.None ? "" : word.Error),-16}  {(word.Stress is { } stress ? $"stress {stress:0}" : ""),-10}  {phones}"));
        }
    }
}
