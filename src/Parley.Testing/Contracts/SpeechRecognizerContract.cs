using System.Diagnostics;
using Parley.Asr;
using Parley.Audio;
using Xunit;

namespace Parley.Testing.Contracts;

/// <summary>What every <see cref="ISpeechRecognizer"/> must do. An adapter's test class derives from it.</summary>
public abstract class SpeechRecognizerContract
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The recogniser under test; it may be shared by all tests. Skips where the engine is absent.</summary>
    protected abstract ISpeechRecognizer Recognizer { get; }

    /// <summary>Clear speech, 16 kHz, two to twelve seconds. Skips where there is none.</summary>
    protected abstract short[] Speech { get; }

    /// <summary>A word that <see cref="Speech"/> contains and the recogniser is sure to find.</summary>
    protected abstract string SpokenWord { get; }

    /// <summary>Decoders that nobody holds now, or null where the engine has no pool.</summary>
    protected abstract int? FreeDecoders { get; }

    [Fact]
    public async Task FinishAsync_Speech_GivesItsWordsInOrderInsideTheAudio()
    {
        var final = await TranscribeAsync(Speech);

        Assert.Contains(SpokenWord, final.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Recognizer.Name, final.Engine);
        Assert.InRange(final.Confidence, 0, 1);
        var end = TimeSpan.Zero;
        foreach (var word in final.Words)
        {
            Assert.InRange(word.Confidence, 0, 1);
            Assert.True(word.Start >= end - TimeSpan.FromMilliseconds(10) && word.End > word.Start, $"{word.Start} to {word.End} after {end}");
            end = word.End;
        }
        Assert.True(end <= AudioMath.DurationOf(Speech.Length, AudioMath.SpeechRate) + TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task FinishAsync_NoAudio_GivesEmptyText()
    {
        var final = await TranscribeAsync([]);

        Assert.Equal("", final.Text);
        Assert.Empty(final.Words);
    }

    [Fact]
    public async Task FinishAsync_CancelledToken_Throws()
    {
        await using var stream = await OpenAsync();
        Write(stream, Speech);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.FinishAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task OpenAsync_CancelledToken_Throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Recognizer.OpenAsync(new RecognitionRequest(), new CancellationToken(canceled: true)));

    [Fact]
    public async Task ReadPartialsAsync_StablePrefix_IsNeverRevised()
    {
        await using var stream = await OpenAsync();
        var reading = ReadAsync(stream);
        foreach (var part in Speech.Chunk(AudioMath.SpeechRate / 5))
        {
            Write(stream, part);
            await Task.Yield();
        }
        await stream.FinishAsync(Cancel).WaitAsync(s_patience, Cancel);
        var partials = await reading.WaitAsync(s_patience, Cancel);

        var stable = "";
        foreach (var partial in partials.Where(p => p.Settled is null))
        {
            Assert.InRange(partial.StableLength, stable.Length, partial.Text.Length);
            Assert.StartsWith(stable, partial.Text, StringComparison.Ordinal);
            stable = partial.Text[..partial.StableLength];
        }
    }

    [Fact]
    public async Task FinishAsync_AfterSpeechPaused_GivesTheSpeechBeforeThePause()
    {
        await using var stream = await OpenAsync();
        Write(stream, Speech);
        stream.SpeechPaused();
        Write(stream, new short[AudioMath.SpeechRate / 2]);
        var final = await stream.FinishAsync(Cancel).WaitAsync(s_patience, Cancel);

        Assert.Contains(SpokenWord, final.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task FinishAsync_AfterSpeechResumed_HoldsWhatCameAfterThePause()
    {
        await using var stream = await OpenAsync();
        Write(stream, new short[AudioMath.SpeechRate / 2]);
        stream.SpeechPaused();
        stream.SpeechResumed();
        Write(stream, Speech);
        var final = await stream.FinishAsync(Cancel).WaitAsync(s_patience, Cancel);

        Assert.Contains(SpokenWord, final.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task DisposeAsync_WhileTheFinalIsDecoded_EndsTheWaitAndGivesTheDecoderBack()
    {
        const int Attempts = 20;
        var free = FreeDecoders;
        var isCancelled = false;
        for (var i = 0; i < Attempts && !isCancelled; i++) { isCancelled = await IsCancelledByDisposalAsync(); }

        Assert.True(isCancelled, $"{Attempts} finals were all decoded before their streams could be disposed.");
        // A native engine may not be stoppable: its decoder comes back when it is done.
        var since = Stopwatch.GetTimestamp();
        while (FreeDecoders != free && Stopwatch.GetElapsedTime(since) < s_patience) { await Task.Delay(10, Cancel); }
        Assert.Equal(free, FreeDecoders);
    }

    [Fact]
    public async Task OpenAsync_EightUtterancesAtOnce_AllFinishAndGiveTheirDecodersBack()
    {
        var free = FreeDecoders;
        var finals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TranscribeAsync(Speech)));

        Assert.All(finals, final => Assert.Contains(SpokenWord, final.Text, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(free, FreeDecoders);
    }

    /// <summary>Opens a stream, writes the samples in frames of 20 ms and takes the final.</summary>
    protected async Task<FinalTranscript> TranscribeAsync(short[] samples, RecognitionHints? hints = null)
    {
        await using var stream = await Recognizer.OpenAsync(new RecognitionRequest(Hints: hints), Cancel);
        Write(stream, samples);
        return await stream.FinishAsync(Cancel).WaitAsync(s_patience, Cancel);
    }

    /// <summary>Disposes a stream while its final is decoded. One that was finished just before is as good as one that is cancelled.</summary>
    private async Task<bool> IsCancelledByDisposalAsync()
    {
        var stream = await OpenAsync();
        Write(stream, Speech);
        var final = stream.FinishAsync(Cancel);
        await stream.DisposeAsync();
        try
        {
            await final.WaitAsync(s_patience, Cancel);
            return false;
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            return true;
        }
    }

    private static async Task<List<PartialTranscript>> ReadAsync(IRecognitionStream stream)
    {
        var partials = new List<PartialTranscript>();
        await foreach (var partial in stream.ReadPartialsAsync(Cancel)) { partials.Add(partial); }
        return partials;
    }

    private static void Write(IRecognitionStream stream, short[] samples)
    {
        const int Frame = AudioMath.SpeechRate / 50;
        for (var at = 0; at < samples.Length; at += Frame)
        {
            var part = samples.AsMemory(at, Math.Min(Frame, samples.Length - at));
            stream.Write(new AudioFrame(part, AudioMath.SpeechRate, AudioMath.DurationOf(at, AudioMath.SpeechRate)));
        }
    }

    private ValueTask<IRecognitionStream> OpenAsync() => Recognizer.OpenAsync(new RecognitionRequest(), Cancel);
}
