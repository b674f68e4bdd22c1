using System.Text.Json;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Protocol;

/// <summary>Damages good messages at random: each must be answered, none may throw, and what is taken can be written again.</summary>
public sealed class ClientMessageReaderFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 20_000;

    private static readonly byte[][] s_tokens =
    [
        .. new[]
        {
            "null", "true", "{}", "[]", "\"\"", "-1", "1e999", "-0.0", "99999999999999999999", "\"\\ud800\"", "\\u0000", "\"type\":\"ping\",", "{\"a\":", "[[[[", "$", "NaN", "\"1\"",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0],
    ];

    /// <summary>The seed 0 stands for a fresh one; a failure prints the one it had, to be added here.</summary>
    [Theory]
    [InlineData(20260601)]
    [InlineData(0)]
    public void Read_DamagedMessage_IsAlwaysAnswered(int fixedSeed)
    {
        var seed = fixedSeed != 0 ? fixedSeed : Random.Shared.Next(1, int.MaxValue);
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var originals = Fixtures.Names("client").Select(n => Fixtures.Read("client", n)).ToArray();
        var taken = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var text = Damage(originals[random.Next(originals.Length)], random);
            try
            {
                var input = ClientMessageReader.Read(text);
                Assert.NotNull(input);
                if (input is ClientMessage message)
                {
                    taken++;
                    Assert.NotEmpty(JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJson.Default.ClientMessage));
                }
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, round {round}, message {Convert.ToHexString(text)}", e);
            }
        }
        output.WriteLine($"{taken} of {Rounds} were taken as messages");
        Assert.InRange(taken, 1, Rounds - 1);
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        var text = original.ToList();
        for (var times = random.Next(1, 5); times > 0 && text.Count > 0; times--)
        {
            var at = random.Next(text.Count);
            var length = Math.Min(random.Next(1, 12), text.Count - at);
            switch (random.Next(6))
            {
                case 0: text[at] = (byte)random.Next(256); break;
                case 1: text.RemoveRange(at, length); break;
                case 2: text.InsertRange(at, s_tokens[random.Next(s_tokens.Length)]); break;
                case 3: text.InsertRange(at, text.GetRange(at, length)); break;
                case 4: text.RemoveRange(at, text.Count - at); break;
                default: ReplaceValue(text, at, s_tokens[random.Next(s_tokens.Length)]); break;
            }
        }
        return [.. text];
    }

    /// <summary>Puts another value after the next colon, so that the text often stays JSON.</summary>
    private static void ReplaceValue(List<byte> text, int from, byte[] value)
    {
        var colon = text.IndexOf((byte)':', from);
        if (colon < 0) { return; }
        var end = text.FindIndex(colon, b => b is (byte)',' or (byte)'}' or (byte)'\n');
        if (end < 0) { end = text.Count; }
        text.RemoveRange(colon + 1, end - colon - 1);
        text.InsertRange(colon + 1, value);
    }
}
