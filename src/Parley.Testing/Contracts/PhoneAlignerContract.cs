using Parley.Alignment;
using Parley.Diagnostics;
using Xunit;

namespace Parley.Testing.Contracts;

/// <summary>What every <see cref="IPhoneAligner"/> does.</summary>
public abstract class PhoneAlignerContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The aligner; skips the test where the engine is not on this machine.</summary>
    protected abstract IPhoneAligner Aligner { get; }

    /// <summary>A recording, 16 kHz.</summary>
    protected abstract short[] Speech { get; }

    /// <summary>What is said in it.</summary>
    protected abstract string Text { get; }

    private string[] Words => Text.Split(' ');

    [Fact]
    public async Task AlignAsync_Speech_LaysWordsAndPhonesInOrder()
    {
        var alignment = await Aligner.AlignAsync(Words, Speech, Token);

        Assert.Equal(Words, alignment.Words.Select(w => w.Text));
        Assert.InRange(alignment.Frames, (Speech.Length / 160) - 5, (Speech.Length / 160) + 5);
        var end = 0;
        foreach (var phone in alignment.Words.SelectMany(w => w.Phones))
        {
            Assert.InRange(phone.Phone, 0, Phones.Count - 1);
            Assert.InRange(phone.First, end, alignment.Frames - 1);
            Assert.InRange(phone.End, phone.First + 1, alignment.Frames);
            end = phone.End;
        }
        Assert.All(alignment.Words, w => Assert.NotEmpty(w.Phones));
    }

    [Fact]
    public async Task AlignAsync_Speech_PosteriorsOfEachFrameAreShares()
    {
        var alignment = await Aligner.AlignAsync(Words, Speech, Token);

        for (var frame = 0; frame < alignment.Frames; frame++)
        {
            var sum = 0.0;
            foreach (var value in alignment.LogPosteriors(frame)) { sum += Math.Exp(value); }
            Assert.Equal(1, sum, 0.001);
        }
    }

    [Fact]
    public async Task AlignAsync_WordThatCannotBeSpoken_HasNoPhones()
    {
        var alignment = await Aligner.AlignAsync([.. Words, "…", "你好"], Speech, Token);

        Assert.Equal(Words.Length + 2, alignment.Words.Count);
        Assert.All(alignment.Words.SkipLast(2), w => Assert.NotEmpty(w.Phones));
        Assert.All(alignment.Words.TakeLast(2), w => Assert.Empty(w.Phones));
    }

    [Fact]
    public async Task AlignAsync_WordOfNoDictionary_IsAligned()
    {
        var alignment = await Aligner.AlignAsync([.. Words.SkipLast(1), "zzyxq"], Speech, Token);

        Assert.NotEmpty(alignment.Words[^1].Phones);
    }

    [Fact]
    public async Task AlignAsync_NothingToSay_IsTheCallersFault()
    {
        foreach (var words in new string[][] { [], ["…"], ["你好"] }) { await RefusedAsync(words, Speech); }
    }

    [Fact]
    public async Task AlignAsync_NoAudio_IsTheCallersFault()
    {
        await RefusedAsync(Words, []);
        await RefusedAsync(Words, Speech[..800]);
    }

    [Fact]
    public async Task AlignAsync_Cancelled_Throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Aligner.AlignAsync(Words, Speech, new CancellationToken(canceled: true)));

    [Fact]
    public async Task AlignAsync_SeveralAtOnce_AreAsAlone()
    {
        var alone = await Aligner.AlignAsync(Words, Speech, Token);
        var together = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Aligner.AlignAsync(Words, Speech, Token).AsTask()));

        Assert.All(together, a => Assert.Equal(alone.Words.SelectMany(w => w.Phones), a.Words.SelectMany(w => w.Phones)));
    }

    private async Task RefusedAsync(string[] words, short[] samples)
    {
        var refusal = await Assert.ThrowsAsync<VoiceException>(async () => await Aligner.AlignAsync(words, samples, Token));
        Assert.Equal((VoiceStage.Coach, FailureClass.UserInput), (refusal.Stage, refusal.Class));
    }
}
