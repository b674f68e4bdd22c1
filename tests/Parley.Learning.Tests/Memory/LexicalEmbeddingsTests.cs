using System.Numerics.Tensors;
using Parley.Learning.Memory;

namespace Parley.Learning.Tests.Memory;

public sealed class LexicalEmbeddingsTests
{
    // What a learner says later, and what of their past it should bring to mind.
    private static readonly (string Thought, string Memory)[] s_pairs =
    [
        ("My dog was sick this morning.", "I have a small brown dog at home."),
        ("Shall we book the flight to London?", "I fly to London every summer."),
        ("I cooked noodles for my sister.", "My sister loves noodles with egg."),
        ("The exam will be very difficult.", "I am afraid of difficult exams."),
        ("He plays the guitar in a band.", "I want to learn playing guitar."),
        ("We discussed the price with the customer.", "The customer asked about prices."),
        ("She is a nurse in a hospital.", "My mother works at the hospital."),
        ("The train was late again.", "Trains in my city are always late."),
        ("I forgot my umbrella in the rain.", "It rains a lot where I live."),
        ("I watched a film about robots.", "Films with robots are my favourite."),
    ];

    [Fact]
    public void Embed_ThoughtsAndMemories_FindEachOther()
    {
        var found = s_pairs.Count(pair =>
            s_pairs.OrderByDescending(other => TensorPrimitives.Dot<float>(LexicalEmbeddings.Embed(pair.Thought), LexicalEmbeddings.Embed(other.Memory))).Take(3).Contains(pair));
        Assert.True(found >= 9, $"{found} of {s_pairs.Length} were among the three nearest.");
    }

    // Each with what was talked about around it, as memories are kept.
    [Fact]
    public void Embed_ThoughtsAndWindows_FindEachOther()
    {
        var windows = s_pairs.Select((pair, i) => (Pair: pair, Vector: LexicalEmbeddings.Embed($"Tell me more. – {pair.Memory}\nWhat else? – {s_pairs[(i + 3) % s_pairs.Length].Memory}"))).ToArray();
        var found = s_pairs.Count(pair => windows.OrderByDescending(w => TensorPrimitives.Dot<float>(LexicalEmbeddings.Embed(pair.Thought), w.Vector)).Take(3).Any(w => w.Pair == pair));
        Assert.True(found >= 8, $"{found} of {s_pairs.Length} were in one of the three nearest.");
    }

    [Fact]
    public void Embed_SameText_IsTheSameForEver()
    {
        var vector = LexicalEmbeddings.Embed("Good morning, London!");
        Assert.Equal(vector, LexicalEmbeddings.Embed("good morning london"));
        Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 1e-5f);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" …! 🙂 ")]
    public void Embed_NoWords_HasNoLength(string text) => Assert.Equal(0, TensorPrimitives.Norm<float>(LexicalEmbeddings.Embed(text)));

    [Fact]
    public void Embed_AnotherScript_HasADirection() => Assert.Equal(1, TensorPrimitives.Norm<float>(LexicalEmbeddings.Embed("我喜欢喝茶")), 1e-5f);

    [Fact]
    public async Task Generate_Texts_AreInTheirOrder()
    {
        using var embeddings = new LexicalEmbeddings();
        var vectors = await embeddings.GenerateAsync(["one cat", "two dogs"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([LexicalEmbeddings.Embed("one cat"), LexicalEmbeddings.Embed("two dogs")], vectors.Select(v => v.Vector.ToArray()));
    }
}
