using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.PocketSphinx.Alignment;
using Parley.PocketSphinx.Asr;
using Parley.Server.Api.Pronunciation;
using Parley.Server.Tests.Cli;

namespace Parley.Server.Tests.Api;

/// <summary>What is no good recording of a text, judged by the real aligner: refused with the reason, or trusted less, and never a number that pretends.</summary>
public sealed class BadRecordingTests : IAsyncLifetime
{
    private const int Rate = 16_000;

    private AssessApi? _api;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var aligner = PocketSphinxAligner.Registration(new PocketSphinxOptions(), TimeProvider.System);
        Assert.SkipUnless(aligner.Probe().Available, aligner.Probe().Detail);
        _api = await AssessApi.StartAsync(aligner, routes => routes.MapPronunciation());
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is not null) { await _api.DisposeAsync(); }
    }

    [Fact]
    public async Task Post_Silence_IsRefused() => await AssertRefusedAsync(SpokenWav.Pcm16(new short[3 * Rate]));

    [Fact]
    public async Task Post_Noise_IsRefused()
    {
        var random = new Random(5);
        await AssertRefusedAsync(SpokenWav.Pcm16([.. Enumerable.Range(0, 3 * Rate).Select(_ => (short)random.Next(-8_000, 8_000))]));
    }

    // Chords that change twice a second and die away, as a piano's.
    [Fact]
    public async Task Post_Music_IsRefused()
    {
        int[][] chords = [[262, 330, 392], [220, 262, 330], [175, 220, 262], [196, 247, 294]];
        await AssertRefusedAsync(SpokenWav.Pcm16([.. Enumerable.Range(0, 4 * Rate).Select(i =>
        {
            var fading = Math.Exp(-3.0 * (i % (Rate / 2)) / Rate);
            return (short)(5_000 * fading * chords[i / (Rate / 2) % chords.Length].Sum(pitch => Math.Sin(2 * Math.PI * pitch * i / Rate)));
        })]));
    }

    [Fact]
    public async Task Post_TenMinutes_IsRefused()
    {
        var spoken = await SpokenWav.SpeakAsync();
        await AssertRefusedAsync(SpokenWav.Pcm16([.. Enumerable.Range(0, 600 * Rate).Select(i => spoken[i % spoken.Length])]));
    }

    [Fact]
    public async Task Post_Clipped_IsTrustedLess() =>
        await AssertTrustedLessAsync(samples => SpokenWav.Pcm16([.. samples.Select(s => (short)Math.Clamp(s * 60, short.MinValue, short.MaxValue))]));

    [Fact]
    public async Task Post_TelephoneBandwidth_IsTrustedLess() =>
        await AssertTrustedLessAsync(samples => SpokenWav.Pcm16([.. samples.Chunk(2).Where(pair => pair.Length == 2).Select(pair => (short)((pair[0] + pair[1]) / 2))], rate: Rate / 2));

    [Fact]
    public async Task Post_WordOfAnotherScript_HasNoScore()
    {
        var (status, body) = await PostAsync("I would like a 茶 cup of coffee, <b>please</b>. 🙂", SpokenWav.Pcm16(await SpokenWav.SpeakAsync()));
        Assert.Equal(HttpStatusCode.OK, status);
        var words = body.GetProperty("words").EnumerateArray().ToArray();
        Assert.Equal(JsonValueKind.Null, words.Single(w => w.GetProperty("text").GetString() == "茶").GetProperty("accuracy").ValueKind);
        Assert.Equal(JsonValueKind.Number, words.Single(w => w.GetProperty("text").GetString() == "coffee,").GetProperty("accuracy").ValueKind);
    }

    [Fact]
    public async Task Post_TextWithoutEnglish_IsRefused() => await AssertRefusedAsync(SpokenWav.Pcm16(await SpokenWav.SpeakAsync()), "我想喝茶。");

    private async Task AssertRefusedAsync(byte[] wav, string text = SpokenWav.Sentence)
    {
        var (status, body) = await PostAsync(text, wav);
        Assert.True(status == HttpStatusCode.BadRequest, body.GetRawText());
        Assert.NotEqual("", body.GetProperty("error").GetProperty("message").GetString());
    }

    private async Task AssertTrustedLessAsync(Func<short[], byte[]> spoil)
    {
        var samples = await SpokenWav.SpeakAsync();
        var good = await PostAsync(SpokenWav.Sentence, SpokenWav.Pcm16(samples));
        var (status, body) = await PostAsync(SpokenWav.Sentence, spoil(samples));
        Assert.Equal(HttpStatusCode.OK, good.Status);
        if (status == HttpStatusCode.BadRequest) { return; }
        Assert.InRange(body.GetProperty("confidence").GetDouble(), 0, 0.9 * good.Body.GetProperty("confidence").GetDouble());
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string text, byte[] wav)
    {
        using var response = await _api!.PostAsync("/v1/assess", wav, fields: ("text", text));
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled));
    }
}
