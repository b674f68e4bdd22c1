using Parley.Transports.Xiaozhi;

namespace Parley.Core.Tests.Transports.Xiaozhi;

/// <summary>The bytes as the firmware's structs lay them out.</summary>
public sealed class BinaryFramingTests
{
    [Theory]
    [InlineData(1, "c8ff01")]
    [InlineData(2, "00020000" + "00000000" + "000000b4" + "00000003" + "c8ff01")]
    [InlineData(3, "00000003" + "c8ff01")]
    public void Write_EachVersion_IsTheFirmwaresBytes(int version, string expected)
    {
        var frame = new byte[BinaryFraming.MaxHeader + 3];
        var length = BinaryFraming.Write(version, [0xc8, 0xff, 0x01], TimeSpan.FromMilliseconds(180), frame);

        Assert.Equal(expected, Convert.ToHexStringLower(frame.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(1, "c8ff01", "c8ff01", false)]
    [InlineData(2, "00020000" + "00000000" + "0001e240" + "00000002" + "c8ff", "c8ff", false)]
    [InlineData(2, "00020001" + "00000000" + "00000000" + "00000002" + "7b7d", "7b7d", true)]
    [InlineData(3, "00000002" + "c8ff", "c8ff", false)]
    [InlineData(3, "01000002" + "7b7d" + "00", "7b7d", true)]
    public void TryRead_WhatTheFirmwareSends_IsTakenApart(int version, string frame, string payload, bool isText)
    {
        Assert.True(BinaryFraming.TryRead(version, Convert.FromHexString(frame), out var read, out var readAsText));
        Assert.Equal((payload, isText), (Convert.ToHexStringLower(read.Span), readAsText));
    }

    [Theory]
    [InlineData(2, "")]
    [InlineData(2, "000200000000000000000000000000")]
    [InlineData(2, "00020000" + "00000000" + "00000000" + "00000003" + "c8ff")]
    [InlineData(2, "00020000" + "00000000" + "00000000" + "ffffffff" + "c8ff")]
    [InlineData(2, "00020007" + "00000000" + "00000000" + "00000002" + "c8ff")]
    [InlineData(3, "000000")]
    [InlineData(3, "0000ffff" + "c8ff")]
    [InlineData(3, "09000002" + "c8ff")]
    public void TryRead_Garbage_IsNoFrame(int version, string frame) =>
        Assert.False(BinaryFraming.TryRead(version, Convert.FromHexString(frame), out _, out _));

    [Fact]
    public void TryRead_AnyBytes_NeverThrows()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var frame = new byte[random.Next(40)];
            random.NextBytes(frame);
            for (var version = 1; version <= 3; version++)
            {
                if (BinaryFraming.TryRead(version, frame, out var payload, out _)) { Assert.True(payload.Length <= frame.Length); }
            }
        }
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 1)]
    public void Supported_UnknownVersion_IsThePlainOne(int? asked, int spoken) => Assert.Equal(spoken, BinaryFraming.Supported(asked));
}
