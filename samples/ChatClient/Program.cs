using System.Globalization;
using System.Text.Json;
using Parley.Samples.ChatClient;

// Compares answers with and without quick replies on a running server:
//   dotnet run --project samples/ChatClient -- [--url http://127.0.0.1:8710] [--model parley] [--count 5] [--key KEY] [question]
var settings = new Dictionary<string, string> { ["--url"] = "http://127.0.0.1:8710", ["--model"] = "parley", ["--count"] = "5", ["--key"] = "" };
var words = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (settings.ContainsKey(args[i]) && i + 1 < args.Length) { settings[args[i]] = args[++i]; } else { words.Add(args[i]); }
}
if (!Uri.TryCreate(settings["--url"], UriKind.Absolute, out var url) || !int.TryParse(settings["--count"], out var count) || count < 1 || words.Any(w => w.StartsWith("--", StringComparison.Ordinal)))
{
    await Console.Error.WriteLineAsync("usage: ChatClient [--url http://127.0.0.1:8710] [--model parley] [--count 5] [--key KEY] [question]");
    return 2;
}
var question = words.Count > 0 ? string.Join(' ', words) : "How did people light their homes before electricity?";

using var chat = new StreamedChat(url, settings["--model"], settings["--key"]);
var (quick, direct) = (new List<TimedAnswer>(), new List<TimedAnswer>());
try
{
    // Once for nothing: whoever comes first to a server that has just started waits for its compiler too.
    await chat.AskAsync(question, quickReply: true);
    await chat.AskAsync(question, quickReply: false);
    for (var i = 0; i < count; i++)
    {
        // In turns, so that whatever else the machine does meets both.
        quick.Add(await chat.AskAsync(question, quickReply: true));
        direct.Add(await chat.AskAsync(question, quickReply: false));
    }
}
catch (Exception e) when (e is HttpRequestException or InvalidOperationException or IOException or TaskCanceledException or JsonException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

Console.WriteLine($"quick:  {quick[0].Text.ReplaceLineEndings(" ")}");
Console.WriteLine($"direct: {direct[0].Text.ReplaceLineEndings(" ")}");
Console.WriteLine();
Console.WriteLine("mode     first content (avg, p50, max)     total (avg)");
Print("quick", quick);
Print("direct", direct);
return 0;

static void Print(string mode, List<TimedAnswer> answers)
{
    var first = answers.Select(a => a.First.TotalMilliseconds).Order().ToList();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{mode,-8} {first.Average(),6:0} ms {first[first.Count / 2],6:0} ms {first[^1],6:0} ms {answers.Average(a => a.Total.TotalMilliseconds),13:0} ms"));
}
