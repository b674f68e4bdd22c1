using System.Globalization;
using System.Text.RegularExpressions;
using Parley.Asr;

namespace Parley.Server.Api.Audio;

/// <summary>A checked request for a transcript.</summary>
/// <param name="Model">The model's name as it was sent.</param>
/// <param name="File">The recording.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Hints">What the prompt lets expect; null without one.</param>
/// <param name="Format"><c>json</c>, <c>text</c>, <c>srt</c>, <c>verbose_json</c> or <c>vtt</c>.</param>
/// <param name="WithWords">Whether the words' times are asked for.</param>
/// <param name="AsEvents">Whether the text goes out as server-sent events.</param>
internal sealed partial record TranscriptionCall(
    string Model, Stream File, string Language, RecognitionHints? Hints, string Format, bool WithWords, bool AsEvents)
{
    private const int MaxPhrases = 40, MaxPhraseLength = 80;

    private static readonly string[] s_formats = ["json", "text", "srt", "verbose_json", "vtt"];

    /// <exception cref="ApiException">A field is missing or wrong.</exception>
    public static TranscriptionCall From(UploadedForm form)
    {
        var file = form.File ?? throw new ApiException(ApiError.MissingField("file"));
        var model = form.Text("model") ?? throw new ApiException(ApiError.MissingField("model"));
        var language = form.Text("language") ?? "en-US";
        Require(Tag().IsMatch(language), "language", "'language' must be a code such as en or pt-BR.");
        var format = form.Text("response_format") ?? "json";
        Require(s_formats.Contains(format), "response_format", $"'response_format' must be one of {string.Join(", ", s_formats)}; speakers are not told apart.");
        Require(
            form.Text("temperature") is not { } t || (double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1),
            "temperature", "'temperature' must be a number from 0 to 1.");
        var granularities = form.All("timestamp_granularities");
        Require(granularities.All(g => g is "word" or "segment"), "timestamp_granularities", "'timestamp_granularities' must be word or segment.");
        var stream = form.Text("stream")?.ToLowerInvariant();
        Require(stream is null or "true" or "false", "stream", "'stream' must be true or false.");
        return new TranscriptionCall(model, file, language, HintsOf(form.Text("prompt")), format, granularities.Contains("word"), stream == "true");
    }

    /// <summary>A prompt is a text in the style of the recording or a list of names; what stands between its marks may well be said.</summary>
    private static RecognitionHints? HintsOf(string? prompt)
    {
        string[] phrases = [.. (prompt ?? "").Split(['.', ',', ';', ':', '!', '?', '\n', '\r', '，', '。', '、'], StringSplitOptions.TrimEntries)
            .Where(p => p.Length is > 0 and <= MaxPhraseLength).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxPhrases)];
        return phrases.Length == 0 ? null : new RecognitionHints { Phrases = phrases };
    }

    private static void Require(bool condition, string param, string message)
    {
        if (!condition) { throw new ApiException(ApiError.BadField(param, message)); }
    }

    [GeneratedRegex("^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}$")]
    private static partial Regex Tag();
}
