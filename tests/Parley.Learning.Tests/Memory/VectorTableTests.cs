using System.Numerics.Tensors;
using Parley.Learning.Memory;

namespace Parley.Learning.Tests.Memory;

public sealed class VectorTableTests
{
    private const int Dimensions = 384;

    [Fact]
    public void Search_ManyVectors_FindsWhatEveryComparisonFinds()
    {
        var random = new Random(7);
        var table = new VectorTable(Dimensions);
        var vectors = Enumerable.Range(0, 5_000).Select(_ => Draw(random)).ToArray();
        for (var i = 0; i < vectors.Length; i++) { table.Set($"v{i}", vectors[i]); }
        var (found, wanted) = (0, 0);
        for (var i = 0; i < 50; i++)
        {
            var query = Draw(random);
            var nearest = Enumerable.Range(0, vectors.Length).OrderByDescending(v => Cosine(query, vectors[v])).Take(10).Select(v => $"v{v}").ToArray();
            found += table.Search(query, 10).Select(m => m.Id).Intersect(nearest).Count();
            wanted += nearest.Length;
        }
        Assert.True(found >= 0.99 * wanted, $"{found} of {wanted} were found.");
    }

    [Fact]
    public void Search_VectorThatIsThere_IsItsOwnNearest()
    {
        var random = new Random(8);
        var table = new VectorTable(37);
        var vectors = Enumerable.Range(0, 300).Select(_ => Draw(random, 37)).ToArray();
        for (var i = 0; i < vectors.Length; i++) { table.Set($"v{i}", vectors[i]); }
        Assert.All(Enumerable.Range(0, vectors.Length), i =>
        {
            var match = table.Search([.. vectors[i].Select(x => x * 3)], 1).Single();
            Assert.Equal($"v{i}", match.Id);
            Assert.Equal(1, match.Similarity, 1e-5f);
        });
    }

    [Fact]
    public void Set_SameId_ReplacesTheVector()
    {
        var table = new VectorTable(2);
        table.Set("a", [1, 0]);
        table.Set("b", [0, 1]);
        table.Set("a", [0, -1]);
        Assert.Equal(2, table.Count);
        Assert.Equal([new("b", 1), new("a", -1)], table.Search([0, 5], 10));
    }

    [Fact]
    public void Remove_AnyOrder_LeavesTheOthers()
    {
        var random = new Random(9);
        var table = new VectorTable(8);
        var kept = new Dictionary<string, float[]>();
        for (var step = 0; step < 3_000; step++)
        {
            var id = $"v{random.Next(600)}";
            if (random.Next(3) == 0) { Assert.Equal(kept.Remove(id), table.Remove(id)); }
            else { table.Set(id, kept[id] = Draw(random, 8)); }
        }
        Assert.Equal(kept.Count, table.Count);
        Assert.All(kept, entry => Assert.Equal(entry.Key, table.Search(entry.Value, 1).Single().Id));
    }

    [Fact]
    public void Search_EmptyTable_FindsNothing() => Assert.Empty(new VectorTable(3).Search([1, 2, 3], 5));

    [Theory]
    [InlineData(new float[] { 1, 2 })]
    [InlineData(new float[] { 0, 0, 0 })]
    [InlineData(new[] { float.NaN, 1, 1 })]
    [InlineData(new[] { float.PositiveInfinity, 1, 1 })]
    public void Set_NoDirection_IsRefused(float[] vector)
    {
        var table = new VectorTable(3);
        Assert.Throws<ArgumentException>(() => table.Set("a", vector));
        Assert.Throws<ArgumentException>(() => table.Search(vector, 1));
        Assert.Equal(0, table.Count);
    }

    private static float Cosine(float[] a, float[] b) => TensorPrimitives.CosineSimilarity<float>(a, b);

    private static float[] Draw(Random random, int dimensions = Dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() + random.NextDouble() - 1))];
}
