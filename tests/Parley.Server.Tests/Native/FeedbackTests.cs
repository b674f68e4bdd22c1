using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Learning;
using Parley.Server.Tests.Store;
using Parley.Testing;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Native;

/// <summary>The whole server, with the engines that are installed, coaches a learner over a real socket and remembers them.</summary>
public sealed class FeedbackTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Turn_OfALearner_IsCorrectedAndRemembered()
    {
        StoreFolder.SkipWithoutSqlite();
        await using var app = ParleyServer.Build([
            $"--Parley:Learners:Path={Path.Combine(_folder.Path, "learners.db")}", $"--Parley:Store:Path={_folder.Database}", "--Parley:Engines:Vad=energy", "--urls=http://127.0.0.1:0"]);
        await app.StartAsync(Cancelled);
        var address = new Uri(app.Urls.First());
        using var learner = new ConverseConnection(TimeProvider.System);
        await learner.ConnectAsync(new UriBuilder(address) { Scheme = "ws" }.Uri, cancellationToken: Cancelled);
        await learner.SendAsync(new SessionStart("li", new SessionConfig { Speech = false, Feedback = new FeedbackConfig { Grammar = true, Discourse = true } }), Cancelled);
        await learner.SendAsync(new TextInput("Yesterday I go to the cinemas."), Cancelled);

        FeedbackFinal? final = null;
        while (final is null && await learner.ReceiveAsync(Cancelled) is { } message) { final = message as FeedbackFinal; }

        Assert.SkipWhen(final?.Degraded is not null, "wordnet-base is not installed.");
        var correction = Assert.Single(final!.GrammarCorrections!);
        Assert.Equal(("go", "went"), (correction.Original, correction.Correction));
        var store = app.Services.GetRequiredService<LearnerRecords>().Store!;
        // What is to be practised is written after the mistake that it comes from.
        await Eventually.TrueAsync(() => store.ReviewsAsync("li").AsTask().Result.Count > 0, () => "Nothing is to be practised.");
        Assert.Single(await store.MistakesAsync("li", cancellationToken: Cancelled));
        using var http = new HttpClient { BaseAddress = address };
        var reviews = await http.GetFromJsonAsync<JsonElement>("/v1/learners/li/reviews", Cancelled);
        Assert.Contains(reviews.GetProperty("data").EnumerateArray(), r => r.GetProperty("answer").GetString() == "Yesterday I went to the cinemas.");
        Assert.Contains(await store.WordsAsync("li", Cancelled), w => w.Lemma == "cinema");
        await app.StopAsync(Cancelled);
    }
}
