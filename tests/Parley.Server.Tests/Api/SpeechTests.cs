using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Parley.Diagnostics;
using Parley.Server.Configuration;
using Parley.SndFile.Codecs;
using Parley.Testing;
using Parley.Testing.Simulated;
using Parley.Tts;

namespace Parley.Server.Tests.Api;

public sealed class SpeechTests
{
    private const string Text = "Good morning to you. What would you like to drink today, and would you like something to eat with it?";

    // A word of the simulated voice is 0.3 s.
    private const double Seconds = 20 * 0.3;

    public static TheoryData<string, string> Bad => new()
    {
        { """{"voice":"alloy"}""", "model" },
        { """{"model":"tts-1"}""", "input" },
        { """{"model":"tts-1","input":""}""", "input" },
        { """{"model":"tts-1","input":"   "}""", "input" },
        { """{"model":"tts-1","input":"🙂"}""", "input" },
        { """{"model":"tts-1","input":5}""", "input" },
        { """{"model":"tts-1","input":"\ud800"}""", "input" },
        { """{"model":"tts-1","input":null}""", "input" },
        { $$"""{"model":"tts-1","input":"{{new string('a', 4097)}}"}""", "input" },
        { """{"model":"tts-1","input":"Hello.","voice":7}""", "voice" },
        { """{"model":"tts-1","input":"Hello.","voice":{"id":7}}""", "voice" },
        { """{"model":"tts-1","input":"Hello.","voice":{}}""", "voice" },
        { """{"model":"tts-1","input":"Hello.","speed":0.1}""", "speed" },
        { """{"model":"tts-1","input":"Hello.","speed":"fast"}""", "speed" },
        { """{"model":"tts-1","input":"Hello.","response_format":"mp4"}""", "response_format" },
        { """{"model":"tts-1","input":"Hello.","response_format":"aac"}""", "response_format" },
        { """{"model":"tts-1","input":"Hello.","stream_format":"ndjson"}""", "stream_format" },
    };

    [Theory]
    [InlineData("wav", "audio/wav")]
    [InlineData("mp3", "audio/mpeg")]
    [InlineData("flac", "audio/flac")]
    [InlineData("opus", "audio/opus")]
    public async Task Post_EachFormat_IsWhatItSaysAndAsLong(string format, string contentType)
    {
        Assert.SkipUnless(format == "wav" || SndFileEngine.Probe().Available, "libsndfile1 is not installed.");
        await using var api = await AudioApi.StartAsync();

        using var response = await PostAsync(api, $$"""{"model":"tts-1","input":"{{Text}}","voice":"alloy","response_format":"{{format}}"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString());
        Assert.True(response.Headers.TransferEncodingChunked);
        Assert.InRange(await SecondsOf(response), Seconds - 0.1, Seconds + 0.3);
    }

    [Fact]
    public async Task Post_NoFormat_IsMp3()
    {
        Assert.SkipUnless(SndFileEngine.Probe().Available, "libsndfile1 is not installed.");
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, """{"model":"gpt-4o-mini-tts","input":"Hello.","voice":{"id":"voice_1"},"instructions":"Be kind."}""");
        Assert.Equal("audio/mpeg", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Post_Pcm_Is24KilohertzWithoutHeader()
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, $$"""{"model":"simulated","input":"{{Text}}","response_format":"pcm"}""");
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal("audio/pcm", response.Content.Headers.ContentType!.ToString());
        Assert.Equal((int)(Seconds * 24_000) * 2, bytes.Length);
    }

    [Fact]
    public async Task Post_Slow_SendsTheFirstClauseBeforeTheRestIsSpoken()
    {
        var gate = new TaskCompletionSource();
        await using var held = await AudioApi.StartAsync(tts: [AudioApi.Simulated<ISpeechSynthesizer>(VoiceStage.Tts, new GatedSynthesizer(gate.Task))]);

        using var request = Request("""{"model":"tts-1","input":"Good morning to you. This one must wait for the gate to open.","response_format":"pcm"}""");
        using var response = await held.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var first = new byte[4 * 7_200 * 2 - 1_000];
        await body.ReadExactlyAsync(first, TestContext.Current.CancellationToken);

        gate.SetResult();
        using var rest = new MemoryStream();
        await body.CopyToAsync(rest, TestContext.Current.CancellationToken);
        Assert.Equal(13 * 7_200 * 2, first.Length + rest.Length);
    }

    [Fact]
    public async Task Post_Sse_SendsDeltasAndUsage()
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, $$"""{"model":"tts-1","input":"{{Text}}","response_format":"pcm","stream_format":"sse"}""");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        var events = await Events.ReadAsync(response);

        Assert.InRange(events.Count, 3, 100);
        Assert.All(events.SkipLast(1), e => Assert.Equal("speech.audio.delta", e.GetProperty("type").GetString()));
        Assert.Equal((int)(Seconds * 24_000) * 2, events.SkipLast(1).Sum(e => e.GetProperty("audio").GetBytesFromBase64().Length));
        Assert.Equal("speech.audio.done", events[^1].GetProperty("type").GetString());
        var usage = events[^1].GetProperty("usage");
        Assert.Equal(usage.GetProperty("total_tokens").GetInt32(), usage.GetProperty("input_tokens").GetInt32() + usage.GetProperty("output_tokens").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Post_BadField_IsNamed(string body, string param)
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(param, await ErrorAsync(response, "param"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"model\":\"tts-1\",")]
    [InlineData("not json")]
    public async Task Post_NoObject_IsRefused(string body)
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_request_error", await ErrorAsync(response, "type"));
    }

    [Fact]
    public async Task Post_HugeBody_IsRefused()
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, $$"""{"model":"tts-1","input":"{{new string('a', 1 << 20)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Post_BodyThatNeverEnds_IsGivenUp()
    {
        await using var api = await AudioApi.StartAsync(new AudioApiOptions { UploadTimeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(408, await StalledRequest.PostAsync(api.Endpoint, "audio/speech", "application/json", """{"model":"tts-1","""));
    }

    [Fact]
    public async Task Post_UnknownModel_Is404()
    {
        await using var api = await AudioApi.StartAsync();
        using var response = await PostAsync(api, """{"model":"nobody","input":"Hello."}""");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("model_not_found", await ErrorAsync(response, "code"));
    }

    [Fact]
    public async Task Post_EngineFails_NextOneSpeaks()
    {
        var (broken, sound) = (new SimulatedSynthesizer(TimeProvider.System, "broken") { Fails = true }, new SimulatedSynthesizer(TimeProvider.System, "sound"));
        await using var api = await AudioApi.StartAsync(tts:
        [
            AudioApi.Simulated<ISpeechSynthesizer>(VoiceStage.Tts, broken, "broken", 2), AudioApi.Simulated<ISpeechSynthesizer>(VoiceStage.Tts, sound, "sound", 1),
        ]);
        using var response = await PostAsync(api, """{"model":"tts-1","input":"Hello there.","response_format":"wav"}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.InRange(await SecondsOf(response), 0.5, 0.7);
    }

    [Fact]
    public async Task Post_AllEnginesFail_IsAnErrorWithStatus()
    {
        await using var api = await AudioApi.StartAsync();
        api.Tts.Fails = true;
        using var response = await PostAsync(api, """{"model":"tts-1","input":"Hello there.","response_format":"wav"}""");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("server_error", await ErrorAsync(response, "type"));
    }

    [Fact]
    public async Task Post_ClientLeaves_SynthesisStops()
    {
        await using var api = await AudioApi.StartAsync();
        api.Tts.ChunkInterval = TimeSpan.FromMilliseconds(50);
        using var leave = new CancellationTokenSource();
        using var request = Request($$"""{"model":"tts-1","input":"{{string.Concat(Enumerable.Repeat(Text + " ", 30))}}","response_format":"pcm"}""");
        var response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leave.Token);
        Assert.Equal(1, api.Tts.Active);
        response.Dispose();

        await Eventually.TrueAsync(() => api.Tts.Active == 0, () => "The synthesis goes on without a listener.");
    }

    private static async Task<double> SecondsOf(HttpResponseMessage response)
    {
        using var file = new MemoryStream(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var decoder = AudioServices.Codecs().OpenDecoder(file);
        var (block, total) = (new short[4_096], 0L);
        while (decoder.Read(block) is > 0 and var count) { total += count; }
        return total / (double)decoder.SampleRate;
    }

    private static async Task<string?> ErrorAsync(HttpResponseMessage response, string field) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetProperty(field).GetString();

    private static HttpRequestMessage Request(string body) =>
        new(HttpMethod.Post, "audio/speech") { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static async Task<HttpResponseMessage> PostAsync(AudioApi api, string body)
    {
        using var request = Request(body);
        return await api.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
