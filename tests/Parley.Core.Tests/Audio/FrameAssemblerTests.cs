using Parley.Audio;


namespace Parley.Core.Tests.Audio;

public sealed class FrameAssemblerTests
{
    [Fact]
    public void TryTake_AnyPieces_GivesEverySampleOnceInOrder()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var frameSamples = random.Next(1, 600);
            var input = new short[random.Next(0, 6000)];
            for (var i = 0; i < input.Length; i++) { input[i] = (short)i; }
            var assembler = new FrameAssembler(frameSamples);
            var output = new List<short>();
            for (var at = 0; at < input.Length;)
            {
                var count = Math.Min(random.Next(0, 1500), input.Length - at);
                ReadOnlyMemory<short> piece = input.AsMemory(at, count);
                while (assembler.TryTake(ref piece, out var frame))
                {
                    Assert.True(frame.Length == frameSamples, $"seed {seed}: a frame of {frame.Length}");
                    Assert.True(output.Count == assembler.Position - frameSamples, $"seed {seed}: position {assembler.Position}");
                    output.AddRange(frame.Span);
                }
                Assert.True(piece.IsEmpty && assembler.Pending < frameSamples, $"seed {seed}: input left over");
                at += count;
            }
            output.AddRange(assembler.TakeRest().Span);
            Assert.True(input.AsSpan().SequenceEqual(output.ToArray()), $"seed {seed}: samples differ");
            Assert.True(assembler.Position == input.Length, $"seed {seed}: end position {assembler.Position}");
        }
    }

    [Fact]
    public void TryTake_WholeFrame_IsNotCopied()
    {
        var source = new short[320];
        ReadOnlyMemory<short> input = source;
        Assert.True(new FrameAssembler(320).TryTake(ref input, out var frame));
        source[0] = 42;
        Assert.Equal(42, frame.Span[0]);
    }

    [Fact]
    public void Constructor_NoSamples_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new FrameAssembler(0));
}
