using System.Text.Json;
using Parley.Core.Tests.Structure;

namespace Parley.Core.Tests.Protocol;

/// <summary>The examples of <c>parley.v1</c> that servers and clients in every language read: one file a message type.</summary>
internal static class Fixtures
{
    private const string Folder = "tests/protocol-fixtures";

    public static string[] Names(string side) =>
        [.. SourceTree.Files($"{Folder}/{side}", "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!)];

    public static byte[] Read(string side, string name) => File.ReadAllBytes(Path.Combine(SourceTree.Root, Folder, side, $"{name}.json"));

    public static JsonElement Parse(string side, string name) => JsonDocument.Parse(Read(side, name)).RootElement;
}
