using Parley.Audio;


namespace Parley.Core.Tests.Audio;

public sealed class PreRollBufferTests
{
    [Fact]
    public void ToArray_AnyWrites_GivesTheNewestInOrder()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var buffer = new PreRollBuffer(8000, TimeSpan.FromMilliseconds(random.Next(1, 60)));
            var all = new List<short>();
            for (var write = 0; write < 20; write++)
            {
                var piece = Enumerable.Range(all.Count, random.Next(0, 300)).Select(i => (short)i).ToArray();
                buffer.Write(piece);
                all.AddRange(piece);
                Assert.True(all.TakeLast(buffer.Capacity).SequenceEqual(buffer.ToArray()), $"seed {seed}, write {write}");
                Assert.True(all.TakeLast(Math.Min(5, buffer.Capacity)).SequenceEqual(buffer.Last(5)), $"seed {seed}, write {write}, last 5");
                Assert.Equal((all.Count, all.Count - buffer.Count), (buffer.EndPosition, buffer.StartPosition));
            }
        }
    }

    [Fact]
    public void Constructor_NoLength_HoldsHalfASecond() => Assert.Equal(8000, new PreRollBuffer(16_000).Capacity);

    [Fact]
    public void Clear_AfterWrites_KeepsThePosition()
    {
        var buffer = new PreRollBuffer(8000, TimeSpan.FromMilliseconds(1));
        buffer.Write([1, 2, 3]);
        buffer.Clear();
        buffer.Write([4]);
        Assert.Equal([4], buffer.ToArray());
        Assert.Equal((3, 4), (buffer.StartPosition, buffer.EndPosition));
    }
}
