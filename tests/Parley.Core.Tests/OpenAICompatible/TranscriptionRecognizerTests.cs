using System.Buffers.Binary;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Asr;
using Parley.OpenAICompatible.Http;
using Parley.Resilience;
using Parley.Time;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>What is sent, and what is made of the answers of all kinds of servers.</summary>
public sealed class TranscriptionRecognizerTests
{
    private const string Secret = "sk-very-secret", Said = "my private words";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FinishAsync_Request_HoldsTheAudioAndWhatTheServerMustKnow()
    {
        var heard = new TranscriptionServer();
        await using var server = await ModelServer.StartAsync(heard.ServeAsync);
        using var recognizer = Recognizer(server, o => o.Fields["vad_filter"] = "true");
        IdempotencyKey.Current = null;
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest("en-GB", new RecognitionHints { Answers = ["A tea, please."] }), Cancellation);
        Speak(stream, 2);

        await stream.FinishAsync(Cancellation);

        var (fields, wav) = Assert.Single(heard.Requests);
        Assert.Equal(("whisper-1", "en", "A tea, please.", "verbose_json", "word,segment", "true"), (fields["model"], fields["language"], fields["prompt"],
            fields["response_format"], fields["timestamp_granularities[]"], fields["vad_filter"]));
        var audio = WavReader.Read(new MemoryStream(wav));
        Assert.Equal((16_000, 32_000), (audio.SampleRate, audio.Samples.Length));
        Assert.Equal(wav.Length - 44, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(40)));
        Assert.Contains(audio.Samples, s => s > 7_000);
    }

    [Fact]
    public async Task FinishAsync_ShortWord_IsPaddedToASecond()
    {
        var heard = new TranscriptionServer();
        await using var server = await ModelServer.StartAsync(heard.ServeAsync);
        using var recognizer = Recognizer(server);
        await TranscribeAsync(recognizer, 0.3);
        Assert.InRange(heard.Requests[0].Wav.Length, 32_000, 40_000);
    }

    [Fact]
    public async Task FinishAsync_AfterAPause_ReusesTheRequestOfThePause()
    {
        var heard = new TranscriptionServer();
        await using var server = await ModelServer.StartAsync(heard.ServeAsync);
        using var recognizer = Recognizer(server);
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), Cancellation);
        Speak(stream, 2);
        stream.SpeechPaused();
        var settled = await stream.ReadPartialsAsync(Cancellation).FirstAsync(Cancellation).AsTask().WaitAsync(s_patience, Cancellation);
        var final = await stream.FinishAsync(Cancellation);

        Assert.Same(settled.Settled, final);
        Assert.Single(heard.Requests);
    }

    [Fact]
    public async Task FinishAsync_SpeakerWentOn_SendsAllOfIt()
    {
        var heard = new TranscriptionServer();
        await using var server = await ModelServer.StartAsync(heard.ServeAsync);
        using var recognizer = Recognizer(server);
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), Cancellation);
        Speak(stream, 2);
        stream.SpeechPaused();
        stream.SpeechResumed();
        Speak(stream, 2);
        await stream.FinishAsync(Cancellation);
        // The request of the pause may come last.
        Assert.Equal(44 + 4 * 32_000, heard.Requests.Max(r => r.Wav.Length));
    }

    [Fact]
    public async Task FinishAsync_TooLong_SendsNoMoreThanTheLimit()
    {
        var heard = new TranscriptionServer();
        await using var server = await ModelServer.StartAsync(heard.ServeAsync);
        using var recognizer = Recognizer(server, o => o.MaxUtterance = TimeSpan.FromSeconds(5));
        await TranscribeAsync(recognizer, 9);
        Assert.Equal(44 + 5 * 32_000, heard.Requests[0].Wav.Length);
    }

    [Theory]
    [InlineData("application/json", """{"text":"Hello there."}""", "Hello there.", 0.8)] // OpenAI, SiliconFlow
    [InlineData("application/json", """{"text":" Hello\n there.\n"}""", "Hello there.", 0.8)] // whisper.cpp
    [InlineData("application/json", """{"text":"Hello there.","logprobs":[{"token":"Hello","logprob":-0.1},{"token":" there","logprob":-0.3}]}""", "Hello there.", 0.81873)]
    [InlineData("application/json", """{"text":"Hello there.","segments":[{"text":"Hello there.","avg_logprob":-0.5,"no_speech_prob":0.1}]}""", "Hello there.", 0.60653)]
    [InlineData("application/json", """{"text":"Hello. Thank you for watching!","segments":[{"text":"Hello.","avg_logprob":-0.1,"no_speech_prob":0.1},{"text":" Thank you for watching!","avg_logprob":-1.4,"no_speech_prob":0.9}]}""", "Hello.", 0.90484)]
    [InlineData("application/json", """{"text":"[BLANK_AUDIO]"}""", "", 0)]
    [InlineData("application/json", """{"segments":[{"id":0,"start":0,"end":1500000000,"text":"Hello there."}],"text":"Hello there."}""", "Hello there.", 0.8)] // LocalAI
    [InlineData("text/plain; charset=utf-8", "Hello there.\n", "Hello there.", 0.8)]
    [InlineData("text/event-stream", "data: {\"type\":\"transcript.text.delta\",\"delta\":\"Hello\"}\n\ndata: {\"type\":\"transcript.text.delta\",\"delta\":\" there.\"}\n\ndata: {\"type\":\"transcript.text.done\",\"text\":\"Hello there.\"}\n\n", "Hello there.", 0.8)]
    [InlineData("text/event-stream", "data: {\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\" there.\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n", "Hello there.", 0.8)] // vLLM
    [InlineData("text/event-stream", "data: Hello\n\ndata: {\"text\":\" there.\"}\n\n", "Hello there.", 0.8)] // faster-whisper-server
    public async Task FinishAsync_ServersDialect_IsUnderstood(string type, string body, string text, double confidence)
    {
        var heard = new TranscriptionServer { Answer = _ => (type, body) };
        await using var server = await ModelServer.StartAsync(heard.ServeAsync);
        using var recognizer = Recognizer(server, o => o.Stream = type == "text/event-stream");
        var final = await TranscribeAsync(recognizer, 2);
        Assert.Equal(text, final.Text);
        Assert.Equal(confidence, final.Confidence, 0.001);
    }

    [Fact]
    public async Task FinishAsync_WordsInSegmentsAndOutOfOrder_HaveTimesInOrderWithinTheAudio()
    {
        var heard = new TranscriptionServer
        {
            Answer = _ => ("application/json", """
                {"text":"one two three","segments":[{"text":"one two three","words":[
                  {"word":" one","start":0.5,"end":0.2,"probability":0.9},{"word":" two","start":0.1,"end":0.9,"probability":0.5},
                  {"word":"lost"},{"word":" three","start":1.9,"end":7.0,"probability":1.0}]}]}
                """),
        };
        await using var server = await ModelServer.StartAsync(heard.ServeAsync);
        using var recognizer = Recognizer(server);
        var words = (await TranscribeAsync(recognizer, 2)).Words;
        Assert.Equal(["one", "two", "three"], words.Select(w => w.Text));
        Assert.Equal([0.9, 0.5, 1.0], words.Select(w => w.Confidence));
        Assert.True(words[0].Start < words[0].End && words[0].End <= words[1].Start && words[2].End <= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task ReadPartialsAsync_Chunked_GrowsWithAStablePrefixAndLongWindowsMoveOn()
    {
        // A word a second, numbered; the server tells their times in the window.
        var sent = new TranscriptionServer();
        var from = 0.0;
        sent.Answer = seconds => ("application/json", Numbered(from, seconds));
        await using var server = await ModelServer.StartAsync(context =>
        {
            from = 0;
            return sent.ServeAsync(context);
        });
        using var recognizer = Recognizer(server, o => (o.Mode, o.Window, o.WindowStep) = (TranscriptionMode.Chunked, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1)));
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), Cancellation);
        await using var partials = stream.ReadPartialsAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        var stable = "";
        for (var second = 1; second <= 5; second++)
        {
            Speak(stream, 1);
            Assert.True(await NextAsync(stream, partials));
            Assert.StartsWith(stable, partials.Current.Text, StringComparison.Ordinal);
            stable = partials.Current.Text[..partials.Current.StableLength];
        }
        Assert.Equal("w1 w2 w3 w4", stable);
    }

    [Fact]
    public async Task FinishAsync_SpeakerWentOnAfterAPause_WhatNobodyConfirmedIsHeardAnew()
    {
        string[] texts = ["one", "one to", "one two three", "one two three four"];
        var sent = new TranscriptionServer { Answer = seconds => ("application/json", $$"""{"text":"{{texts[(int)Math.Round(seconds) - 1]}}"}""") };
        await using var server = await ModelServer.StartAsync(sent.ServeAsync);
        using var recognizer = Recognizer(
            server, o => (o.Mode, o.FinalFromWindows, o.Window, o.WindowStep) = (TranscriptionMode.Chunked, true, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1)));
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), Cancellation);
        await using var partials = stream.ReadPartialsAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        foreach (var text in texts[..3])
        {
            Speak(stream, 1);
            Assert.Equal(text, await PartialAsync());
            if (text != "one to") { continue; }
            stream.SpeechPaused();
            Assert.Equal(text, await PartialAsync());
            stream.SpeechResumed();
        }
        Speak(stream, 1);

        Assert.Equal("one two three four", (await stream.FinishAsync(Cancellation).WaitAsync(s_patience, Cancellation)).Text);

        async Task<string> PartialAsync()
        {
            Assert.True(await NextAsync(stream, partials));
            return partials.Current.Text;
        }
    }

    [Theory]
    [InlineData(400, FailureClass.UserInput, false)]
    [InlineData(401, FailureClass.Dependency, false)]
    [InlineData(413, FailureClass.UserInput, false)]
    [InlineData(429, FailureClass.Quota, true)]
    [InlineData(503, FailureClass.Dependency, true)]
    public async Task FinishAsync_Refused_SaysWhatKindOfFailureItIs(int status, FailureClass kind, bool isTransient)
    {
        await using var server = new LoopbackServer(e => e.RespondAsync(status, "application/json", $$$"""{"error":{"message":"{{{Said}}} {{{Secret}}}","code":"c"}}"""));
        var problem = await FailAsync(server);
        Assert.Equal((kind, isTransient), (problem.Class, problem.IsTransient));
    }

    [Theory]
    [InlineData("application/json", """{"error":{"message":"my private words","type":"server_error"}}""", FailureClass.Dependency)]
    [InlineData("application/json", """{"error":{"message":"my private words","code":"insufficient_quota"}}""", FailureClass.Quota)]
    [InlineData("application/json", """{"detail":"my private words"}""", FailureClass.Dependency)]
    [InlineData("application/json", "{ my private words", FailureClass.Dependency)]
    [InlineData("application/json", """{"text":7}""", FailureClass.Dependency)]
    [InlineData("text/html", "<html>my private words</html>", FailureClass.Dependency)]
    [InlineData("text/event-stream", "data: {\"type\":\"transcript.text.delta\",\"delta\":\"my private words\"}\n\n", FailureClass.Network)]
    [InlineData("text/event-stream", "", FailureClass.Network)]
    [InlineData("text/event-stream", "data: { my private words\n\n", FailureClass.Dependency)]
    public async Task FinishAsync_SuccessThatIsNone_Throws(string type, string body, FailureClass kind)
    {
        await using var server = new LoopbackServer(e => e.RespondAsync(200, type, body));
        Assert.Equal(kind, (await FailAsync(server)).Class);
    }

    [Fact]
    public async Task FinishAsync_EndlessAnswer_IsCutOff()
    {
        await using var server = new LoopbackServer(async exchange =>
        {
            await exchange.BeginEventsAsync();
            while (true) { await exchange.ChunkAsync(new string('x', 65_536)); }
        });
        Assert.Equal(FailureClass.Dependency, (await FailAsync(server)).Class);
    }

    [Fact]
    public async Task FinishAsync_HalfAnAnswer_Throws()
    {
        await using var server = new LoopbackServer(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.ChunkAsync("data: {\"type\":");
            exchange.Close();
        });
        Assert.Equal(FailureClass.Network, (await FailAsync(server)).Class);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FinishAsync_ServerStalls_ThrowsAfterTheTimeout(bool begins)
    {
        var clock = new VirtualClock();
        await using var server = new LoopbackServer(async exchange =>
        {
            if (begins) { await exchange.BeginEventsAsync(); }
            await exchange.HangAsync();
        });
        using var recognizer = Recognizer(server.BaseUrl, clock: clock);
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), Cancellation);
        Speak(stream, 1);
        var final = stream.FinishAsync(Cancellation);
        await clock.WaitForTimersAsync(1, Cancellation).WaitAsync(s_patience, Cancellation);
        clock.Advance(TimeSpan.FromSeconds(20));
        await clock.FireUntilAsync(final);
        var problem = await Assert.ThrowsAsync<VoiceException>(() => final);
        Assert.Equal((FailureClass.Network, true), (problem.Class, problem.IsTransient));
    }

    [Fact]
    public async Task FinishAsync_ThePausesRequestFailed_MakesAnother()
    {
        var tries = 0;
        await using var server = new LoopbackServer(e => ++tries == 1 ? e.RespondAsync(500, "text/plain", "no") : e.RespondAsync(200, "application/json", """{"text":"hello"}"""));
        using var recognizer = Recognizer(server.BaseUrl);
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), Cancellation);
        Speak(stream, 1);
        stream.SpeechPaused();
        Assert.Equal("hello", (await stream.FinishAsync(Cancellation)).Text);
        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task FinishAsync_AfterWarming_MakesNoConnection()
    {
        var heard = new TranscriptionServer();
        await using var server = await ModelServer.StartAsync(heard.ServeAsync);
        var pool = UpstreamPool.Of("near", new UpstreamOptions { BaseUrl = server.BaseUrl });
        using var lease = pool.Lease("near");
        using var recognizer = new TranscriptionRecognizer("near", new TranscriptionEngineOptions(), pool.Lease("near"));
        await lease.Upstream.Warm.WaitAsync(s_patience, Cancellation);
        for (var i = 0; i < 5; i++) { await TranscribeAsync(recognizer, 1); }
        Assert.Equal(2, lease.Upstream.ConnectionsOpened);
    }

    /// <summary>The next partial. A frame begins its window only if the window before is over, which may be a moment after its partial was read.</summary>
    private static async Task<bool> NextAsync(IRecognitionStream stream, IAsyncEnumerator<PartialTranscript> partials)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var next = partials.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            stream.Write(new AudioFrame(Array.Empty<short>(), 16_000, TimeSpan.Zero));
            await Task.Delay(5, patience.Token);
        }
        return await next;
    }

    private static string Numbered(double from, double seconds)
    {
        var words = Enumerable.Range(1, (int)(seconds + 0.01)).Select(n => $$"""{"word":"w{{n}}","start":{{from + n - 0.9:0.0}},"end":{{from + n - 0.1:0.0}}}""").ToList();
        var text = string.Join(' ', Enumerable.Range(1, words.Count).Select(n => $"w{n}"));
        return $$"""{"text":"{{text}}","words":[{{string.Join(',', words)}}]}""";
    }

    private static TranscriptionRecognizer Recognizer(ModelServer server, Action<TranscriptionEngineOptions>? configure = null) => Recognizer(server.BaseUrl, configure);

    private static TranscriptionRecognizer Recognizer(Uri url, Action<TranscriptionEngineOptions>? configure = null, TimeProvider? clock = null)
    {
        var options = new TranscriptionEngineOptions();
        configure?.Invoke(options);
        var pool = UpstreamPool.Of("near", new UpstreamOptions { BaseUrl = url, ApiKey = Secret, WarmConnections = 0 }, clock);
        return new TranscriptionRecognizer("near", options, pool.Lease("near"), clock);
    }

    private static async Task<FinalTranscript> TranscribeAsync(TranscriptionRecognizer recognizer, double seconds)
    {
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(), Cancellation);
        Speak(stream, seconds);
        return await stream.FinishAsync(Cancellation).WaitAsync(s_patience, Cancellation);
    }

    private static void Speak(IRecognitionStream stream, double seconds)
    {
        short[] samples = [.. Enumerable.Range(0, (int)(seconds * 16_000)).Select(i => (short)(8_000 * Math.Sin(i * 0.1)))];
        foreach (var frame in samples.Chunk(320)) { stream.Write(new AudioFrame(frame, 16_000, TimeSpan.Zero)); }
    }

    // Whatever fails, neither the key nor what was said may be in it.
    private static async Task<VoiceException> FailAsync(LoopbackServer server)
    {
        using var recognizer = Recognizer(server.BaseUrl);
        var problem = await Assert.ThrowsAsync<VoiceException>(() => TranscribeAsync(recognizer, 1));
        Assert.Equal(VoiceStage.Asr, problem.Stage);
        Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Said, problem.ToString(), StringComparison.Ordinal);
        return problem;
    }
}
