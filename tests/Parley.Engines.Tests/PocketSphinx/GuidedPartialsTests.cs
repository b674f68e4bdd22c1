using Parley.Asr;
using Parley.Audio;
using Parley.PocketSphinx.Asr;
using Parley.Testing;

namespace Parley.Engines.Tests.PocketSphinx;

[Collection(nameof(RealSpeech))]
public sealed class GuidedPartialsTests(RecognizerFixture fixture)
{
    private const string Said = "Eight of spades, 4 of clubs – seven of Hearts!";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly RecognitionHints s_hints = new() { Answers = ["The Zzyzx bird sings $5 songs.", Said, "Seven of spades, four of hearts."] };

    private static short[] Speech => WavReader.Read(SharedData.Find("speech/cards-005.wav")).Samples;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadPartialsAsync_OfferedAnswer_GrowsInItsOwnSpellingBeforeTheFinal()
    {
        var free = fixture.Recognizer.FreeDecoders;
        await using (var stream = await OpenAsync(s_hints))
        {
            await using var partials = stream.ReadPartialsAsync(Cancel).GetAsyncEnumerator(Cancel);
            stream.Write(Frame(Speech[..(Speech.Length * 3 / 4)]));
            Assert.True(await partials.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancel));
            var first = partials.Current;
            stream.Write(Frame(Speech[(Speech.Length * 3 / 4)..]));
            Assert.True(await partials.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancel));

            Assert.StartsWith("Eight of spades, 4 of", first.Text, StringComparison.Ordinal);
            Assert.StartsWith(first.Text, partials.Current.Text, StringComparison.Ordinal);
            Assert.StartsWith(partials.Current.Text, Said, StringComparison.Ordinal);
            Assert.Equal(Said, (await stream.FinishAsync(Cancel).WaitAsync(s_patience, Cancel)).Text);
        }
        Assert.Equal(free, fixture.Recognizer.FreeDecoders);
    }

    [Fact]
    public void Advance_AudioInFramesOf20Milliseconds_NeverRevisesTheStablePart()
    {
        var partials = Play(s_hints);

        var stable = "";
        foreach (var partial in partials)
        {
            Assert.StartsWith(stable, partial.Text, StringComparison.Ordinal);
            Assert.InRange(partial.StableLength, stable.Length, partial.Text.Length);
            stable = partial.Text[..partial.StableLength];
        }
        Assert.StartsWith("Eight of spades,", stable, StringComparison.Ordinal);
    }

    [Fact]
    public void Advance_Phrases_ShowsAnUnfinishedOneToo()
    {
        var partials = Play(new() { Phrases = ["Eight of Spades", "Four of Clubs", "Seven of Hearts"] });

        Assert.All(partials, partial => Assert.StartsWith(partial.Text, "Eight of Spades Four of Clubs Seven of Hearts", StringComparison.Ordinal));
        Assert.Contains(partials, partial => partial.Text.EndsWith(" of", StringComparison.Ordinal));
    }

    [Fact]
    public void Advance_SomethingElseIsSaid_InventsNothing() =>
        Assert.Empty(Play(new() { Answers = ["I would like some tea, please.", "Where is the station?"] }));

    [Fact]
    public async Task FinishAsync_PartialsWereMade_GivesTheSameFinal()
    {
        var plain = await TranscribeAsync(live: false);
        var live = await TranscribeAsync(live: true);

        Assert.Equal(plain.Text, live.Text);
        Assert.Equal(plain.Confidence, live.Confidence);
        Assert.Equal(plain.Words, live.Words);
    }

    [Fact]
    public async Task FinishAsync_PartialsOfOthersHoldEveryDecoder_TheyGiveWay()
    {
        using var recognizer = Patient(live: true, decoders: 1);
        await using var other = await recognizer.OpenAsync(new RecognitionRequest(Hints: s_hints), Cancel);
        await using var partials = other.ReadPartialsAsync(Cancel).GetAsyncEnumerator(Cancel);
        var free = recognizer.FreeDecoders;
        other.Write(Frame(Speech));
        Assert.True(await partials.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancel));
        Assert.Equal(free - 1, recognizer.FreeDecoders);

        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(Hints: s_hints), Cancel);
        stream.Write(Frame(Speech));
        Assert.Equal(Said, (await stream.FinishAsync(Cancel).WaitAsync(s_patience, Cancel)).Text);
        Assert.Equal(Said, (await other.FinishAsync(Cancel).WaitAsync(s_patience, Cancel)).Text);
        await stream.DisposeAsync();
        await other.DisposeAsync();
        Assert.Equal(free, recognizer.FreeDecoders);
    }

    [Fact]
    public void Advance_Cancelled_StopsAtOnceAndGoesOnLater()
    {
        using var pool = Pool();
        using var transcriber = Transcriber(pool, s_hints);
        var cepstra = Analysed();

        Assert.Throws<OperationCanceledException>(() => { transcriber.Advance(cepstra, new CancellationToken(canceled: true)); });
        Assert.StartsWith("Eight of", transcriber.Advance(cepstra, Cancel)?.Text, StringComparison.Ordinal);
        transcriber.Release();
        Assert.Equal(1, pool.Free);
    }

    private List<PartialTranscript> Play(RecognitionHints hints)
    {
        using var pool = Pool();
        using var transcriber = Transcriber(pool, hints);
        using var frontEnd = new FrontEnd(new());
        var cepstra = new Cepstra();
        var partials = new List<PartialTranscript>();
        foreach (var frame in Speech.Chunk(AudioMath.SpeechRate / 50))
        {
            frontEnd.Process(frame, cepstra);
            if (transcriber.Advance(cepstra, Cancel) is { } partial) { partials.Add(partial); }
        }
        return partials;
    }

    private async Task<FinalTranscript> TranscribeAsync(bool live)
    {
        using var recognizer = Patient(live, decoders: 1);
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(Hints: s_hints), Cancel);
        stream.Write(Frame(Speech));
        if (live)
        {
            await using var partials = stream.ReadPartialsAsync(Cancel).GetAsyncEnumerator(Cancel);
            Assert.True(await partials.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancel));
        }
        return await stream.FinishAsync(Cancel).WaitAsync(s_patience, Cancel);
    }

    private static Cepstra Analysed()
    {
        using var frontEnd = new FrontEnd(new());
        var cepstra = new Cepstra();
        frontEnd.Process(Speech, cepstra);
        return cepstra;
    }

    private DecoderPool<Decoder> Pool()
    {
        Assert.Equal("pocketsphinx", fixture.Recognizer.Name); // skips where the engine is absent
        return new(1, () => Decoder.ForGuidance(new()), _ => false, TimeProvider.System);
    }

    private static Transcriber Transcriber(DecoderPool<Decoder> guided, RecognitionHints hints) =>
        new(new(), TimeProvider.System, guided, guided, Guidance.From(hints));

    private PocketSphinxRecognizer Patient(bool live, int decoders)
    {
        Assert.Equal("pocketsphinx", fixture.Recognizer.Name); // skips where the engine is absent
        return new(new()
        {
            LivePartials = live, PoolSize = 1, GuidedPoolSize = decoders,
            LeaseTimeout = TimeSpan.FromMinutes(1), DecodeTimeout = TimeSpan.FromMinutes(2),
        });
    }

    private ValueTask<IRecognitionStream> OpenAsync(RecognitionHints hints) => fixture.Recognizer.OpenAsync(new RecognitionRequest(Hints: hints), Cancel);

    private static AudioFrame Frame(short[] samples) => new(samples, AudioMath.SpeechRate, TimeSpan.Zero);
}
