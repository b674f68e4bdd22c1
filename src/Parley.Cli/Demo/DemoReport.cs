namespace Parley.Cli.Demo;

/// <summary>What a demo ends with. The single values are those of the last answered turn; the first partial that of the last turn that had one.</summary>
internal sealed record DemoReport(
    string Transcript,
    string ReplyText,
    string ReplyWav,
    double? FirstPartialMs,
    double? EndpointMs,
    double? FirstAudioMs,
    double? OverheadMs,
    uint? GenerationId,
    IReadOnlyList<DemoReportTurn> Turns)
{
    public static DemoReport From(DemoView view, string replyWav)
    {
        var turns = view.Turns.Select(DemoReportTurn.From).ToArray();
        var last = turns.LastOrDefault(t => t.FirstAudioMs is not null);
        var transcript = string.Join(' ', turns.Select(t => t.Transcript).Where(t => t is not null));
        return new DemoReport(
            transcript, last?.ReplyText ?? "", replyWav, last?.FirstPartialMs ?? turns.LastOrDefault(t => t.FirstPartialMs is not null)?.FirstPartialMs, last?.EndpointMs, last?.FirstAudioMs, last?.OverheadMs,
            last?.GenerationId, turns);
    }

    public void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{"turn",-5} {"1st partial",12} {"endpoint",9} {"1st audio",10} {"overhead",9}   ms");
        foreach (var t in Turns)
        {
            output.WriteLine($"{t.TurnId,-5} {t.FirstPartialMs,12} {t.EndpointMs,9} {t.FirstAudioMs,10} {t.OverheadMs,9}   {(t.Interrupted ? "interrupted" : "")}");
        }
        output.WriteLine($"{ReplyWav} holds the last reply, conversation.wav beside it both sides (left: you).");
    }
}

internal sealed record DemoReportTurn(
    string TurnId, string? Transcript, string ReplyText, string HeardText, bool Interrupted, uint GenerationId,
    double? FirstPartialMs, double? EndpointMs, double? FirstAudioMs, double? OverheadMs)
{
    public static DemoReportTurn From(DemoTurn t) => new(
        t.TurnId, t.Transcript, t.ReplyText, t.HeardText, t.Interrupted, t.GenerationId,
        t.Metrics?.AsrFirstPartialMs, t.Metrics?.EndpointMs, t.Metrics?.FirstAudioMs, t.Metrics?.OverheadMs);
}
