using System.Globalization;
using Microsoft.AspNetCore.Http;
using Parley.Asr;

namespace Parley.Server.Api.Audio;

/// <summary>Writes a transcript in the form that was asked for.</summary>
internal static class TranscriptWriter
{
    private static readonly Dictionary<string, string> s_languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ar"] = "arabic", ["cs"] = "czech", ["da"] = "danish", ["de"] = "german", ["el"] = "greek", ["en"] = "english", ["es"] = "spanish",
        ["fi"] = "finnish", ["fr"] = "french", ["he"] = "hebrew", ["hi"] = "hindi", ["hu"] = "hungarian", ["id"] = "indonesian", ["it"] = "italian",
        ["ja"] = "japanese", ["ko"] = "korean", ["nl"] = "dutch", ["no"] = "norwegian", ["pl"] = "polish", ["pt"] = "portuguese", ["ro"] = "romanian",
        ["ru"] = "russian", ["sv"] = "swedish", ["th"] = "thai", ["tr"] = "turkish", ["uk"] = "ukrainian", ["vi"] = "vietnamese", ["zh"] = "chinese",
    };

    public static IResult Write(TranscriptionCall call, IReadOnlyList<TranscribedUtterance> utterances, TimeSpan duration)
    {
        var text = string.Join(' ', utterances.Select(u => u.Transcript.Text).Where(t => t.Length > 0));
        TranscriptSegment[] segments = [.. utterances.SelectMany(TranscriptSegments.Of)];
        var usage = new DurationUsage((int)Math.Ceiling(duration.TotalSeconds));
        return call.Format switch
        {
            "text" => Results.Text(text + "\n"),
            "srt" => Results.Text(string.Concat(segments.Select((s, i) => $"{i + 1}\n{Time(s.Start, ',')} --> {Time(s.End, ',')}\n{s.Text}\n\n"))),
            "vtt" => Results.Text("WEBVTT\n\n" + string.Concat(segments.Select(s => $"{Time(s.Start, '.')} --> {Time(s.End, '.')}\n{s.Text}\n\n"))),
            "verbose_json" => Results.Json(
                new VerboseTranscriptJson(
                    "transcribe", LanguageOf(call.Language), Seconds(duration), text, [.. segments.Select(Json)],
                    call.WithWords ? [.. utterances.SelectMany(u => u.Words).Select(w => new WordJson(w.Text, Seconds(w.Start), Seconds(w.End)))] : null,
                    usage),
                TranscriptionJson.Default.VerboseTranscriptJson),
            _ => Results.Json(new TranscriptJson(text, usage), TranscriptionJson.Default.TranscriptJson),
        };
    }

    private static SegmentJson Json(TranscriptSegment segment, int index) => new(
        index, (int)(segment.Start.TotalMilliseconds / 10), Seconds(segment.Start), Seconds(segment.End), segment.Text, [], 0,
        Math.Round(Math.Log(Math.Clamp(segment.Confidence, 1e-4, 1)), 4), 1, 0);

    private static string LanguageOf(string tag) => s_languages.GetValueOrDefault(tag.Split('-', '_')[0], tag);

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);

    private static string Time(TimeSpan time, char point) => string.Create(
        CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{point}{time.Milliseconds:000}");
}
