using System.CommandLine;
using System.Text;
using Parley.Diagnostics;
using Parley.Learning.Grammar;
using Parley.Server.Api.Grammar;
using Parley.Server.Configuration;

namespace Parley.Cli.Commands;

/// <summary><c>parley correct FILE</c>: one sentence a line in, the corrected sentence a line out.</summary>
internal static class CorrectCommand
{
    /// <summary>What is longer is no sentence, and a pipe that never ends a line must not fill the memory.</summary>
    private const int LongestLine = 1 << 20;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A text in UTF-8, one sentence a line; - reads standard input." };
        var spoken = new Option<bool>("--spoken") { Description = "The sentences were spoken: spelling, capitals, marks, fragments and fillers are no errors." };
        var json = new Option<bool>("--json") { Description = "Print one JSON array: of each line the source, the corrected text and the edits with what explains them." };
        var command = new Command("correct", "Correct learners' English on this machine, line by line.") { file, spoken, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(file)!;
            if (path != "-" && !File.Exists(path)) { throw new UsageException($"There is no file {path}."); }
            var configuration = ParleyConfiguration.FromEnvironment();
            foreach (var missing in CoachServices.Probe(configuration).Where(s => !s.Available)) { Console.Error.WriteLine($"parley: {missing.Detail}; {missing.Remedy}"); }
            var corrector = CoachServices.Corrector(configuration);
            using var input = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
            var corrections = Lines(input).Select(line =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return corrector.Correct(new CorrectionRequest(line, parsed.GetValue(spoken)));
            });
            if (parsed.GetValue(json)) { WriteJson(output, corrections); }
            else { foreach (var correction in corrections) { output.WriteLine(correction.Corrected); } }
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static void WriteJson(StreamWriter output, IEnumerable<Correction> corrections)
    {
        var separator = "[\n";
        foreach (var correction in corrections)
        {
            output.Write(separator);
            output.Write(Encoding.UTF8.GetString(CorrectionJson.Write(correction)));
            separator = ",\n";
        }
        output.WriteLine(separator == "[\n" ? "[]" : "\n]");
    }

    /// <summary>Lines end with LF alone, so that as many come out as <c>wc -l</c> counts; what is no UTF-8 becomes U+FFFD.</summary>
    private static IEnumerable<string> Lines(Stream stream)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: false);
        var line = new StringBuilder();
        var isAny = false;
        for (int c; (c = reader.Read()) >= 0;)
        {
            isAny = true;
            if (c == '\n')
            {
                yield return line.ToString().TrimEnd('\r');
                line.Clear();
                isAny = false;
                continue;
            }
            if (line.Length >= LongestLine) { throw new VoiceException(VoiceStage.Coach, FormattableString.Invariant($"A line has more than {LongestLine} characters.")); }
            line.Append((char)c);
        }
        if (isAny) { yield return line.ToString(); }
    }
}
