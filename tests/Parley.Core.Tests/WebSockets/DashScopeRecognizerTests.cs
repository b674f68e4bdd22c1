using Parley.Asr;
using Parley.Audio;
using Parley.Core.Tests.OpenAICompatible;
using Parley.Diagnostics;
using Parley.WebSockets.DashScope;

namespace Parley.Core.Tests.WebSockets;

public sealed class DashScopeRecognizerTests
{
    private const string Said = "my private words";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FinishAsync_Utterances_AreTasksOnOneConnectionThatWasMadeBefore()
    {
        var service = new DashScopeServer();
        await using var server = await ModelServer.StartAsync(service.ServeAsync);
        using var recognizer = Recognizer(server);
        await recognizer.Pool.Warm.WaitAsync(s_patience, Cancellation);

        for (var i = 0; i < 3; i++) { Assert.Equal("Hello there learner.", (await TranscribeAsync(recognizer)).Text); }

        Assert.Equal(3, service.Tasks);
        Assert.Equal(3 * 3 * 32_000, service.Audio);
        // One that serves and one that waits beside it: none was made while an utterance waited for it.
        Assert.InRange(recognizer.Pool.Connected, 1, 4);
        var task = service.RunTask.GetProperty("payload");
        Assert.Equal(("audio", "asr", "recognition", "paraformer-realtime-v2"), (task.GetProperty("task_group").GetString(), task.GetProperty("task").GetString(),
            task.GetProperty("function").GetString(), task.GetProperty("model").GetString()));
        Assert.Equal(("pcm", 16_000, "en"), (task.GetProperty("parameters").GetProperty("format").GetString(),
            task.GetProperty("parameters").GetProperty("sample_rate").GetInt32(), task.GetProperty("parameters").GetProperty("language_hints")[0].GetString()));
    }

    [Fact]
    public async Task ReadPartialsAsync_SentenceUnderWay_IsNotStable()
    {
        await using var server = await ModelServer.StartAsync(new DashScopeServer().ServeAsync);
        using var recognizer = Recognizer(server);
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), Cancellation);
        Speak(stream);
        var partial = await stream.ReadPartialsAsync(Cancellation).FirstAsync(Cancellation).AsTask().WaitAsync(s_patience, Cancellation);
        Assert.Equal(new PartialTranscript("Hello", 0), partial);
    }

    [Theory]
    [InlineData("""{"header":{"task_id":"TASK","event":"task-failed","error_code":"InvalidParameter","error_message":"my private words"},"payload":{}}""", FailureClass.Dependency)]
    [InlineData("""{"header":{"task_id":"TASK","event":"task-failed","error_code":"InvalidApiKey","error_message":"my private words"},"payload":{}}""", FailureClass.Dependency)]
    [InlineData("""{"header":{"task_id":"TASK","event":"task-failed","error_code":"Throttling.RateQuota","error_message":"my private words"},"payload":{}}""", FailureClass.Quota)]
    [InlineData("""{"header":{"task_id":"TASK","event":"task-failed","error_code":"my private words"},"payload":{}}""", FailureClass.Dependency)]
    [InlineData("{ my private words", FailureClass.Dependency)]
    [InlineData("""{"hello":"world"}""", FailureClass.Dependency)]
    [InlineData("", FailureClass.Network)]
    public async Task FinishAsync_ServiceMisbehaves_ThrowsClassified(string answer, FailureClass kind)
    {
        var service = new DashScopeServer
        {
            AtTheEnd = (socket, task, _) =>
            {
                if (answer.Length > 0) { return DashScopeServer.SendAsync(socket, answer.Replace("TASK", task, StringComparison.Ordinal)); }
                socket.Abort();
                return Task.CompletedTask;
            },
        };
        await using var server = await ModelServer.StartAsync(service.ServeAsync);
        using var recognizer = Recognizer(server);
        var problem = await Assert.ThrowsAsync<VoiceException>(() => TranscribeAsync(recognizer));
        Assert.Equal((VoiceStage.Asr, kind), (problem.Stage, problem.Class));
        Assert.DoesNotContain(Said, problem.ToString(), StringComparison.Ordinal);
        // The next utterance gets another connection.
        service.AtTheEnd = null;
        Assert.Equal("Hello there learner.", (await TranscribeAsync(recognizer)).Text);
    }

    [Fact]
    public async Task FinishAsync_ServiceHungUpBetweenUtterances_HearsOnAnotherConnection()
    {
        var service = new DashScopeServer();
        await using var server = await ModelServer.StartAsync(service.ServeAsync);
        using var recognizer = Recognizer(server);
        Assert.Equal("Hello there learner.", (await TranscribeAsync(recognizer)).Text);
        await recognizer.Pool.Warm.WaitAsync(s_patience, Cancellation);

        await service.Lines.HangUpAsync(Cancellation).WaitAsync(s_patience, Cancellation);

        Assert.Equal("Hello there learner.", (await TranscribeAsync(recognizer)).Text);
    }

    [Fact]
    public async Task FinishAsync_ServiceFallsSilent_ThrowsAfterTheTimeout()
    {
        var service = new DashScopeServer { AtTheEnd = (_, _, _) => Task.CompletedTask };
        await using var server = await ModelServer.StartAsync(service.ServeAsync);
        using var recognizer = Recognizer(server, o => o.Timeout = TimeSpan.FromSeconds(0.5));
        var problem = await Assert.ThrowsAnyAsync<VoiceException>(() => TranscribeAsync(recognizer));
        Assert.Equal((FailureClass.Network, true), (problem.Class, problem.IsTransient));
    }

    [Theory]
    [InlineData(401, FailureClass.Dependency)]
    [InlineData(429, FailureClass.Quota)]
    public async Task OpenAsync_Refused_ThrowsClassified(int status, FailureClass kind)
    {
        await using var server = await ModelServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var recognizer = Recognizer(server);
        Assert.Equal(kind, (await Assert.ThrowsAsync<VoiceException>(async () => await recognizer.OpenAsync(new RecognitionRequest(), Cancellation))).Class);
    }

    [Fact]
    public void Probe_NoKey_SaysWhichVariableToSet()
    {
        var status = DashScopeRecognizer.Registration("far", new DashScopeOptions { ApiKeyEnvironmentVariable = "PARLEY_TEST_NO_SUCH_KEY" }).Probe();
        Assert.Equal((false, "Set PARLEY_TEST_NO_SUCH_KEY."), (status.Available, status.Remedy));
    }

    private static DashScopeRecognizer Recognizer(ModelServer server, Action<DashScopeOptions>? configure = null)
    {
        var options = new DashScopeOptions { Url = new UriBuilder(server.BaseUrl) { Scheme = "ws" }.Uri, ApiKey = "very-secret" };
        configure?.Invoke(options);
        return new DashScopeRecognizer("far", options);
    }

    private static async Task<FinalTranscript> TranscribeAsync(DashScopeRecognizer recognizer)
    {
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), Cancellation);
        Speak(stream);
        return await stream.FinishAsync(Cancellation).WaitAsync(s_patience, Cancellation);
    }

    private static void Speak(IRecognitionStream stream)
    {
        for (var i = 0; i < 150; i++) { stream.Write(new AudioFrame(new short[320], 16_000, TimeSpan.Zero)); }
    }
}
