using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Audio;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Protocol;

public sealed class FixtureTests
{
    public static TheoryData<string> Client => [.. Fixtures.Names("client")];

    public static TheoryData<string> Server => [.. Fixtures.Names("server")];

    [Theory]
    [MemberData(nameof(Client))]
    public void ClientMessage_ReadAndWritten_IsTheSame(string type)
    {
        var input = ClientMessageReader.Read(Fixtures.Read("client", type));
        var message = Assert.IsType<ClientMessage>(input, exactMatch: false);
        AssertSame("client", type, JsonSerializer.SerializeToElement(message, ProtocolJson.Default.ClientMessage));
    }

    [Theory]
    [MemberData(nameof(Server))]
    public void ServerMessage_ReadAndWritten_IsTheSame(string type)
    {
        var message = JsonSerializer.Deserialize(Fixtures.Read("server", type), ProtocolJson.Default.ServerMessage)!;
        AssertSame("server", type, JsonSerializer.SerializeToElement(message, ProtocolJson.Default.ServerMessage));
    }

    [Fact]
    public void Fixtures_EveryClientMessageType_HasOne() => AssertComplete("client", ProtocolJson.Default.ClientMessage);

    [Fact]
    public void Fixtures_EveryServerMessageType_HasOne() => AssertComplete("server", ProtocolJson.Default.ServerMessage);

    [Fact]
    public void AudioPacket_ReadAndWritten_IsTheSame()
    {
        var fixture = Fixtures.Parse("binary", "audio_packet");
        var bytes = Convert.FromHexString(fixture.GetProperty("hex").GetString()!.Replace(" ", "", StringComparison.Ordinal));

        var packet = AudioPacketHeader.Read(bytes, sampleRate: 16_000);

        Assert.Equal(fixture.GetProperty("generation_id").GetUInt32(), packet.GenerationId);
        Assert.Equal(fixture.GetProperty("segment").GetUInt32(), packet.Segment);
        Assert.Equal(fixture.GetProperty("chunk").GetUInt32(), packet.Chunk);
        Assert.Equal(fixture.GetProperty("sample_offset").GetInt64(), packet.SampleOffset);
        Assert.Equal(fixture.GetProperty("samples").EnumerateArray().Select(s => s.GetInt16()), packet.Samples.ToArray());
        var written = new byte[bytes.Length];
        AudioPacketHeader.Write(packet, written);
        Pcm16.Write(packet.Samples.Span, written.AsSpan(AudioPacketHeader.Size));
        Assert.Equal(bytes, written);
    }

    [Theory]
    [InlineData(0, 'Q')]
    [InlineData(1, '2')]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public void AudioPacket_OtherMagicKindOrCodec_IsRefused(int at, int value)
    {
        var bytes = new byte[AudioPacketHeader.Size];
        AudioPacketHeader.Write(new AudioPacket(1, 0, 0, 0, default, 16_000), bytes);
        Assert.Equal(1u, AudioPacketHeader.Read(bytes, 16_000).GenerationId);

        bytes[at] = (byte)value;

        Assert.Throws<InvalidDataException>(() => AudioPacketHeader.Read(bytes, 16_000));
    }

    [Fact]
    public void AudioPacket_ShorterThanItsHeader_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => AudioPacketHeader.Read("P1"u8, 16_000));

    /// <summary>Each type has a file of its name, and the file shows every field that the type has.</summary>
    private static void AssertComplete(string side, JsonTypeInfo type)
    {
        var derived = type.PolymorphismOptions!.DerivedTypes;
        Assert.Equal(derived.Select(t => (string)t.TypeDiscriminator!).Order(StringComparer.Ordinal), Fixtures.Names(side));
        foreach (var message in derived)
        {
            AssertShowsAll(Fixtures.Parse(side, (string)message.TypeDiscriminator!), ProtocolJson.Default.GetTypeInfo(message.DerivedType)!);
        }
    }

    private static void AssertShowsAll(JsonElement example, JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            Assert.True(example.TryGetProperty(property.Name, out var value), $"{type.Type.Name}: the fixture does not show {property.Name}.");
            var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (type.Type == typeof(SessionUpdate)) { continue; } // Partial by nature.
            if (value.ValueKind == JsonValueKind.Object && ProtocolJson.Default.GetTypeInfo(inner) is { Kind: JsonTypeInfoKind.Object } innerType)
            {
                AssertShowsAll(value, innerType);
            }
        }
    }

    private static void AssertSame(string side, string type, JsonElement written)
    {
        var expected = Fixtures.Parse(side, type);
        Assert.Equal(type, expected.GetProperty("type").GetString());
        Assert.True(JsonElement.DeepEquals(expected, written), $"{type} came back as {written.GetRawText()}");
    }
}
