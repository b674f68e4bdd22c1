using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.Server.Api.Pronunciation;
using Parley.Server.Tests.Cli;
using Parley.Testing.Simulated;

namespace Parley.Server.Tests.Api;

public sealed class AssessTests
{
    [Fact]
    public async Task Post_Reading_IsJudged()
    {
        await using var app = await StartAsync();
        using var response = await PostAsync(app, "audio", "Hello there my friend", SpokenWav.Pcm16(SimulatedSynthesizer.Tone(32_000)));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(["Hello", "there", "my", "friend"], body.GetProperty("words").EnumerateArray().Select(w => w.GetProperty("text").GetString()));
        Assert.Equal("Monotone", body.GetProperty("words")[0].GetProperty("error").GetString()); // it is a tone
        Assert.True(body.TryGetProperty("confidence", out _));
        Assert.Equal(40, body.GetProperty("difference").GetProperty("distortion").GetArrayLength());
        Assert.True(body.GetProperty("words")[0].GetProperty("difference").GetProperty("stretch").GetDouble() > 0);
    }

    [Theory]
    [InlineData("file", null, "text")]
    [InlineData("recording", "Hello", "audio")]
    public async Task Post_MissingPart_IsNamed(string part, string? text, string named)
    {
        await using var app = await StartAsync();
        using var response = await PostAsync(app, part, text, SpokenWav.Pcm16(SimulatedSynthesizer.Tone(32_000)));

        Assert.Equal((HttpStatusCode.BadRequest, named), (response.StatusCode, await ParamAsync(response)));
    }

    [Fact]
    public async Task Post_NoAudioAndSilence_AreRefused()
    {
        await using var app = await StartAsync();
        using var text = await PostAsync(app, "audio", "Hello", [.. "This is a text."u8]);
        using var silence = await PostAsync(app, "audio", "Hello", SpokenWav.Pcm16(new short[32_000]));

        Assert.Equal((HttpStatusCode.BadRequest, "audio"), (text.StatusCode, await ParamAsync(text)));
        Assert.Equal(HttpStatusCode.BadRequest, silence.StatusCode);
        Assert.Contains("silent", await silence.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NoAligner_IsUnavailable()
    {
        await using var app = await StartAsync(available: false);
        using var response = await PostAsync(app, "audio", "Hello", SpokenWav.Pcm16(SimulatedSynthesizer.Tone(32_000)));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private static Task<AssessApi> StartAsync(bool available = true) => AssessApi.StartAsync(AssessApi.Simulated(available), routes => routes.MapPronunciation());

    private static Task<HttpResponseMessage> PostAsync(AssessApi api, string part, string? text, byte[] audio) =>
        api.PostAsync("/v1/assess", audio, part, text is null ? [] : [("text", text)]);

    private static async Task<string?> ParamAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetProperty("param").GetString();
}
