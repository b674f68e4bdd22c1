using Parley.Testing.Transports;
using Parley.Transports.EchoKit;

namespace Parley.Core.Tests.Transports.EchoKit;

/// <summary>The bytes that the original server's encoder writes, as they follow from its source.</summary>
public sealed class EchoKitEventWriterTests
{
    private readonly EchoKitEventWriter _events = new(packsBytes: false);

    [Fact]
    public void HelloStart_Written_IsItsName() => AssertBytes("aa48656c6c6f5374617274", _events.HelloStart());

    [Fact]
    public void Asr_Written_IsAMapWithItsText() => AssertBytes("81a341535291a26869", _events.Asr("hi"));

    [Fact]
    public void AudioChunk_Written_IsAnArrayOfNumbers() =>
        AssertBytes("81aa417564696f4368756e6b9194017fcc80ccff", _events.AudioChunk([1, 127, 128, 255]));

    [Fact]
    public void AudioChunkWithVowel_Written_HasTheVowelBehind() =>
        AssertBytes("81b3417564696f4368756e6b57697468566f77656c929201ccc803", _events.AudioChunk([1, 200], Vowel.I));

    [Fact]
    public void Events_WithoutFields_AreTheirNames()
    {
        AssertBytes("a848656c6c6f456e64", _events.HelloEnd());
        AssertBytes("a8456e64417564696f", _events.EndAudio());
        AssertBytes("ab456e64526573706f6e7365", _events.EndResponse());
        AssertBytes("a6456e64566164", _events.EndVad());
    }

    [Fact]
    public void Choices_Written_HaveMessageAndItems() =>
        AssertBytes("81a743686f6963657392a092a3796573a26e6f", _events.Choices("", ["yes", "no"]));

    [Fact]
    public void AudioChunk_Packed_IsBinary() =>
        AssertBytes("81aa417564696f4368756e6b91c404017f80ff", new EchoKitEventWriter(packsBytes: true).AudioChunk([1, 127, 128, 255]));

    [Theory]
    [InlineData(0, "a0")]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65_536, "db00010000")]
    public void StartAudio_TextOfALength_HasTheShortestHead(int length, string head)
    {
        var bytes = _events.StartAudio(new string('x', length)).ToArray();

        AssertBytes("81aa5374617274417564696f91" + head, bytes.AsMemory(0, 13 + head.Length / 2));
        Assert.Equal(new string('x', length), EchoKitEvent.Read(bytes).Text);
    }

    [Theory]
    [InlineData(15, "9f")]
    [InlineData(16, "dc0010")]
    [InlineData(65_535, "dcffff")]
    [InlineData(65_536, "dd00010000")]
    public void HelloChunk_DataOfALength_HasTheShortestHeadAndAllBytes(int length, string head)
    {
        var data = new byte[length];
        new Random(3).NextBytes(data);

        var bytes = _events.HelloChunk(data).ToArray();

        AssertBytes("81aa48656c6c6f4368756e6b91" + head, bytes.AsMemory(0, 13 + head.Length / 2));
        Assert.Equal(data, EchoKitEvent.Read(bytes).Data);
    }

    [Fact]
    public void DisplayText_OfManyBytesACharacter_CountsBytes()
    {
        const string Text = "Qué día más hermoso, 你好 🙂";
        Assert.Equal(Text, EchoKitEvent.Read(_events.DisplayText(Text)).Text);
    }

    private static void AssertBytes(string hex, ReadOnlyMemory<byte> actual) => Assert.Equal(hex, Convert.ToHexStringLower(actual.Span));
}
