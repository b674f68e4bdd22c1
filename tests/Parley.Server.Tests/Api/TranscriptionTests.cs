using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Server.Configuration;
using Parley.SndFile.Codecs;
using Parley.Testing;
using Parley.Testing.Simulated;

namespace Parley.Server.Tests.Api;

public sealed class TranscriptionTests
{
    public static TheoryData<string, string, string> Bad => new()
    {
        { "model", "", "model" },
        { "response_format", "diarized_json", "response_format" },
        { "response_format", "xml", "response_format" },
        { "language", "not a language", "language" },
        { "temperature", "hot", "temperature" },
        { "temperature", "2", "temperature" },
        { "timestamp_granularities[]", "phoneme", "timestamp_granularities" },
        { "stream", "maybe", "stream" },
    };

    public static TheoryData<byte[]> NoAudio => [Array.Empty<byte>(), "This is a text."u8.ToArray(), "RIFF0000WAVEfmt "u8.ToArray(), new byte[5_000], Wav([])];

    [Fact]
    public async Task Post_NpmDialect_IsUnderstood()
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostRawAsync(
            api, "multipart/form-data; boundary=----formdata-undici-0123", "----formdata-undici-0123",
            ("Content-Disposition: form-data; name=\"model\"", "whisper-1"u8.ToArray()),
            ("Content-Disposition: form-data; name=\"file\"; filename=\"a b.wav\"\r\nContent-Type: audio/wav", Speech(1)));
        Assert.Equal("hello there my friend", await FieldAsync(response, "text"));
    }

    [Fact]
    public async Task Post_DotNetDialect_IsUnderstood()
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostRawAsync(
            api, "multipart/form-data; boundary=\"3f2a\"", "3f2a",
            ("Content-Disposition: form-data; name=file; filename=a.wav; filename*=utf-8''a.wav", Speech(1)),
            ("Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=model", "gpt-4o-transcribe"u8.ToArray()));
        Assert.Equal("hello there my friend", await FieldAsync(response, "text"));
    }

    [Fact]
    public async Task Post_Json_CountsWholeSeconds()
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, Speech(1.4));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("""{"text":"hello there my friend","usage":{"seconds":2,"type":"duration"}}""", text);
    }

    [Fact]
    public async Task Post_VerboseJson_HasSegmentsAndWordsWithNumbers()
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, Speech(1.5), ("response_format", "verbose_json"), ("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment"));
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal("english", json.GetProperty("language").GetString());
        Assert.Equal("transcribe", json.GetProperty("task").GetString());
        Assert.Equal(1.5, json.GetProperty("duration").GetDouble(), 3);
        var segment = Assert.Single(json.GetProperty("segments").EnumerateArray());
        Assert.Equal(
            ["id", "seek", "start", "end", "text", "tokens", "temperature", "avg_logprob", "compression_ratio", "no_speech_prob"],
            segment.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["hello", "there", "my", "friend"], json.GetProperty("words").EnumerateArray().Select(w => w.GetProperty("word").GetString()));
        Assert.All(json.GetProperty("words").EnumerateArray(), w => Assert.InRange(w.GetProperty("end").GetDouble(), w.GetProperty("start").GetDouble(), 2));
    }

    [Theory]
    [InlineData("text", "^hello there my friend\n$")]
    [InlineData("srt", "^1\n00:00:00,\\d{3} --> 00:00:0\\d,\\d{3}\nhello there my friend\n\n$")]
    [InlineData("vtt", "^WEBVTT\n\n00:00:00\\.\\d{3} --> 00:00:0\\d\\.\\d{3}\nhello there my friend\n\n$")]
    public async Task Post_TextFormats_ArePlainText(string format, string pattern)
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, Speech(1), ("response_format", format));
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Matches(pattern, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Post_Stream_SendsADeltaAnUtterance()
    {
        await using var api = await AudioApi.StartAsync();
        api.Asr.Texts = ["hello there", "my friend"];
        using var response = await PostAsync(api, Wav([.. Tone(12), .. new short[16_000], .. Tone(12)]), ("stream", "true"));
        var events = await Events.ReadAsync(response);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["hello there", " my friend"], events.SkipLast(1).Select(e => e.GetProperty("delta").GetString()));
        Assert.All(events.SkipLast(1), e => Assert.Equal("transcript.text.delta", e.GetProperty("type").GetString()));
        Assert.Equal(("transcript.text.done", "hello there my friend"), (events[^1].GetProperty("type").GetString(), events[^1].GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData(AudioFormat.Flac)]
    [InlineData(AudioFormat.Opus)]
    [InlineData(AudioFormat.Mp3)]
    public async Task Post_EachFormat_IsHeardWhole(AudioFormat format)
    {
        Assert.SkipUnless(SndFileEngine.Probe().Available, "libsndfile1 is not installed.");
        await using var api = await AudioApi.StartAsync();
        using var file = new MemoryStream();
        using (var encoder = AudioServices.Codecs().OpenEncoder(format, 16_000, file))
        {
            encoder.Write(Tone(2));
            encoder.Finish();
        }
        using var response = await PostAsync(api, file.ToArray(), ("response_format", "verbose_json"));
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.InRange(json.GetProperty("duration").GetDouble(), 1.95, 2.2);
    }

    [Fact]
    public async Task Post_Prompt_BecomesHints()
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, Speech(1), ("prompt", "Parley, PocketSphinx. A café."), ("language", "en"));
        var request = Assert.Single(api.Asr.Requests);
        Assert.Equal(["Parley", "PocketSphinx", "A café"], request.Hints!.Phrases);
        Assert.Equal("en", request.Language);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Post_BadField_IsNamed(string field, string value, string param)
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, Speech(1), (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(param, await FieldAsync(response, "param"));
    }

    [Theory]
    [MemberData(nameof(NoAudio), DisableDiscoveryEnumeration = true)]
    public async Task Post_NoAudio_NamesTheFile(byte[] file)
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, file);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("file", await FieldAsync(response, "param"));
    }

    [Fact]
    public async Task Post_NoFile_IsNamed()
    {
        await using var api = await AudioApi.StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent("whisper-1"), "model" } };
        using var response = await api.Http.PostAsync(new Uri("audio/transcriptions", UriKind.Relative), form, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadRequest, "file"), (response.StatusCode, await FieldAsync(response, "param")));
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=abc", "")]
    [InlineData("multipart/form-data; boundary=abc", "--abc\r\nContent-Disposition: form-data; name=model\r\n\r\nwhisper-1")]
    [InlineData("multipart/form-data; boundary=abc", "--abc\r\nNo-Disposition: x\r\n\r\nwhisper-1\r\n--abc--\r\n")]
    public async Task Post_DamagedBody_IsRefused(string contentType, string body)
    {
        await using var api = await AudioApi.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await api.Http.PostAsync(new Uri("audio/transcriptions", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_request_error", await FieldAsync(response, "type"));
    }

    [Fact]
    public async Task Post_FileTooLarge_IsRefused()
    {
        await using var api = await AudioApi.StartAsync(new AudioApiOptions { MaxUploadBytes = 10_000 });
        using var response = await PostAsync(api, Speech(2));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Post_AudioTooLong_IsRefused()
    {
        await using var api = await AudioApi.StartAsync(new AudioApiOptions { MaxAudio = TimeSpan.FromSeconds(1) });
        using var response = await PostAsync(api, Speech(3));
        Assert.Equal((HttpStatusCode.BadRequest, "file"), (response.StatusCode, await FieldAsync(response, "param")));
    }

    [Fact]
    public async Task Post_UnknownModel_Is404()
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, Speech(1), ("model", "nobody"));
        Assert.Equal((HttpStatusCode.NotFound, "model_not_found"), (response.StatusCode, await FieldAsync(response, "code")));
    }

    [Fact]
    public async Task Post_EngineFails_IsAnErrorAndTheDecoderComesBack()
    {
        await using var api = await AudioApi.StartAsync();
        api.Asr.Fails = true;
        using var response = await PostAsync(api, Speech(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(0, api.Asr.OpenStreams);
    }

    [Fact]
    public async Task Post_ClientLeaves_DecodingStops()
    {
        await using var api = await AudioApi.StartAsync();
        api.Asr.FinalLatency = TimeSpan.FromMinutes(5);
        using var leave = new CancellationTokenSource();
        var call = PostAsync(api, Speech(1), leave.Token);
        await Eventually.TrueAsync(() => api.Asr.OpenStreams == 1, () => "Nothing was decoded.");
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.TrueAsync(() => api.Asr.OpenStreams == 0, () => "The decoder was not given back.");
    }

    [Fact]
    public async Task Post_MoreThanMayRun_IsToldToComeBack()
    {
        await using var api = await AudioApi.StartAsync(new AudioApiOptions { MaxTranscriptions = 1 });
        api.Asr.FinalLatency = TimeSpan.FromMinutes(5);
        using var leave = new CancellationTokenSource();
        var first = PostAsync(api, Speech(1), leave.Token);
        await Eventually.TrueAsync(() => api.Asr.OpenStreams == 1, () => "Nothing was decoded.");
        using var second = await PostAsync(api, Speech(1));
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task Post_UploadThatNeverEnds_IsGivenUp()
    {
        await using var api = await AudioApi.StartAsync(new AudioApiOptions { UploadTimeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(408, await StalledRequest.PostAsync(
            api.Endpoint, "audio/transcriptions", "multipart/form-data; boundary=abc",
            "--abc\r\nContent-Disposition: form-data; name=file; filename=a.wav\r\n\r\nRIFF"));
    }

    internal static short[] Tone(double seconds) => SimulatedSynthesizer.Tone((int)(seconds * 16_000));

    internal static byte[] Speech(double seconds) => Wav(Tone(seconds));

    internal static byte[] Wav(short[] samples)
    {
        using var file = new MemoryStream();
        using (var wav = new WavWriter(file, 16_000, leaveOpen: true)) { wav.Write(samples); }
        return file.ToArray();
    }

    private static Task<HttpResponseMessage> PostAsync(AudioApi api, byte[] file, params (string Name, string Value)[] fields) =>
        PostAsync(api, file, TestContext.Current.CancellationToken, fields);

    private static async Task<HttpResponseMessage> PostAsync(AudioApi api, byte[] file, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        var audio = new ByteArrayContent(file);
        audio.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        form.Add(audio, "file", "a.wav");
        if (!fields.Any(f => f.Name == "model")) { form.Add(new StringContent("whisper-1"), "model"); }
        foreach (var (name, value) in fields) { form.Add(new StringContent(value), name); }
        return await api.Http.PostAsync(new Uri("audio/transcriptions", UriKind.Relative), form, cancellationToken);
    }

    private static async Task<HttpResponseMessage> PostRawAsync(AudioApi api, string contentType, string boundary, params (string Headers, byte[] Content)[] parts)
    {
        using var body = new MemoryStream();
        foreach (var (headers, content) in parts) { body.Write([.. Encoding.UTF8.GetBytes($"--{boundary}\r\n{headers}\r\n\r\n"), .. content, .. "\r\n"u8]); }
        body.Write(Encoding.UTF8.GetBytes($"--{boundary}--\r\n"));
        using var message = new ByteArrayContent(body.ToArray());
        message.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await api.Http.PostAsync(new Uri("audio/transcriptions", UriKind.Relative), message, TestContext.Current.CancellationToken);
    }

    private static async Task<string?> FieldAsync(HttpResponseMessage response, string name)
    {
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (json.TryGetProperty("error", out var error) ? error : json).GetProperty(name).GetString();
    }
}
