using System.Diagnostics;
using System.Globalization;
using Parley.Diagnostics;
using Parley.EspeakNg.Tts;
using Parley.Testing.Contracts;
using Parley.Tts;

namespace Parley.Engines.Tests.EspeakNg;

public sealed class EspeakNgSynthesizerTests : SpeechSynthesizerContract, IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly EspeakNgSynthesizer? _engine =
        EspeakNgEngine.Probe().Available ? new EspeakNgSynthesizer(new EspeakNgOptions { QueueTimeout = TimeSpan.FromMinutes(1) }) : null;

    protected override ISpeechSynthesizer Engine => _engine!;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(_engine is null, "espeak-ng is not installed.");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) { await _engine.DisposeAsync(); }
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("en-US", true)]
    [InlineData("en", true)]
    [InlineData("de-DE", true)]
    [InlineData("zh-CN", true)]
    [InlineData("fr", true)]
    [InlineData("es-MX", true)]
    [InlineData("pt-BR", true)]
    [InlineData("no-NO", true)]
    [InlineData("tlh-KX", false)]
    [InlineData("", false)]
    public void Supports_Language_IsAnsweredFromTheProgram(string language, bool expected) =>
        Assert.Equal(expected, Engine.Supports(language));

    [Theory]
    [InlineData("de-DE", "Guten Morgen, wie geht es Ihnen heute?", 7)]
    [InlineData("zh-CN", "你好，世界！", 4)]
    [InlineData("fr", "Bonjour tout le monde.", 4)]
    [InlineData("es", "Buenos días, ¿qué tal?", 4)]
    public async Task SynthesizeAsync_OtherLanguage_GivesAudioWordsAndMouthShapes(string language, string text, int words)
    {
        var chunks = await SpeakAsync(new SpeechRequest(text, Language: language));

        Assert.True(SamplesOf(chunks).Max(s => Math.Abs((int)s)) > 1_000, "The audio is all but silent.");
        Assert.Equal(words, chunks.SelectMany(c => c.Words).Count());
        Assert.All(chunks.SelectMany(c => c.Words), w => Assert.Equal(w.Word, text.Substring(w.TextOffset, w.Word.Length)));
        Assert.True(chunks.SelectMany(c => c.Visemes).Select(v => v.Viseme).Distinct().Count() >= 5, "The mouth hardly moves.");
    }

    [Fact]
    public async Task SynthesizeAsync_SentencePause_IsSilentInTheMouthToo()
    {
        var chunks = await SpeakAsync("Hello there. How are you?");
        var samples = SamplesOf(chunks);
        var pause = Assert.Single(
            chunks.SelectMany(c => c.Phones),
            p => p.Phone == "pau" && p.StartSample > samples.Length / 5 && p.StartSample + p.Samples < samples.Length);
        Assert.All(samples.AsSpan((int)pause.StartSample, (int)pause.Samples).ToArray(), s => Assert.Equal(0, s));
        var words = chunks.SelectMany(c => c.Words).ToList();
        Assert.True(words[1].StartSample + words[1].Samples <= pause.StartSample, "'there' runs into the pause.");
        Assert.True(words[2].StartSample >= pause.StartSample + pause.Samples, "'How' begins in the pause.");
    }

    [Fact]
    public async Task SynthesizeAsync_TwoHundredCancelled_LeavesNoProcess()
    {
        for (var i = 0; i < 200; i++)
        {
            using var cancel = new CancellationTokenSource();
            var speaking = SpeakAndCancelAsync(cancel, afterFirst: i % 2 == 0);
            if (i % 2 == 1) { await cancel.CancelAsync(); }
            var failure = await Record.ExceptionAsync(() => speaking);
            // Whoever is late to cancel may find that all is said.
            Assert.True(failure is OperationCanceledException || (failure is null && i % 2 == 1), $"{failure}");
        }
        await UntilAtMostAsync(new EspeakNgOptions().WarmProcesses);

        await _engine!.DisposeAsync();
        await UntilAtMostAsync(0);
    }

    [Fact]
    public async Task SynthesizeAsync_WaitingProcessKilled_SpeaksWithAnother()
    {
        foreach (var id in Children("espeak-ng"))
        {
            using var child = Process.GetProcessById(id);
            child.Kill();
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        Assert.NotEmpty(await SpeakAsync("Still here."));
    }

    [Fact]
    public async Task SynthesizeAsync_ProgramStuck_IsStoppedAndTransient()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        var stuck = Path.Combine(Path.GetTempPath(), $"stuck-{Guid.NewGuid():N}.sh");
        await File.WriteAllTextAsync(
            stuck,
            "#!/bin/sh\nif [ \"$1\" = --voices ]; then espeak-ng --voices; else exec tail -f /dev/null; fi\n",
            TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(stuck, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); }
        try
        {
            await using var engine = new EspeakNgSynthesizer(new EspeakNgOptions { Program = stuck, SpeakTimeout = TimeSpan.FromSeconds(1) });
            var error = await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(engine, new SpeechRequest("Hello.")));
            Assert.True(error.IsTransient);
        }
        finally
        {
            File.Delete(stuck);
        }
    }

    [Fact]
    public void Probe_Installed_TellsTheVersion()
    {
        var status = EspeakNgEngine.Registration().Probe();
        Assert.True(status.Available);
        Assert.Matches(@"^\d+\.\d+", status.Version);
    }

    [Fact]
    public void Probe_ProgramMissing_TellsTheRemedy()
    {
        var registration = EspeakNgEngine.Registration(new EspeakNgOptions { Program = "no-such-program" });
        var status = registration.Probe();
        Assert.False(status.Available);
        Assert.Equal("apt-get install espeak-ng", status.Remedy);
        Assert.Throws<VoiceException>(() => registration.Create());
    }

    private async Task SpeakAndCancelAsync(CancellationTokenSource cancel, bool afterFirst)
    {
        await foreach (var chunk in Engine.SynthesizeAsync(new SpeechRequest("Hello there, it is nice to meet you. Goodbye."), cancel.Token))
        {
            Assert.NotEqual(0, chunk.Samples.Length);
            if (afterFirst) { await cancel.CancelAsync(); }
        }
        cancel.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until no more processes are left; the system takes its time to let go of one.</summary>
    private static async Task UntilAtMostAsync(int most)
    {
        var since = Stopwatch.GetTimestamp();
        while (Children("espeak-ng").Count() is var count && count > most)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < s_patience, $"{count} processes are left.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    // Zombies count too: they are still in /proc with their parent. Other test classes start no such process.
    private static IEnumerable<int> Children(string name) =>
        from folder in Directory.EnumerateDirectories("/proc")
        where int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)
        let stat = Read(Path.Combine(folder, "stat"))
        where stat.Contains($"({name})", StringComparison.Ordinal)
        where stat[(stat.LastIndexOf(')') + 1)..].Split(' ')[2] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
        select int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);

    private static string Read(string file)
    {
        try { return File.ReadAllText(file); }
        catch (IOException) { return ""; }
        catch (UnauthorizedAccessException) { return ""; }
    }
}
