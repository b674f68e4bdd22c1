using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.WebSockets.Sockets;

namespace Parley.WebSockets.DashScope;

/// <summary>The protocol's messages.</summary>
internal static class DashScopeMessages
{
    public static byte[] RunTask(string task, string model, string language) => Encode(new JsonObject
    {
        ["header"] = Header("run-task", task),
        ["payload"] = new JsonObject
        {
            ["task_group"] = "audio",
            ["task"] = "asr",
            ["function"] = "recognition",
            ["model"] = model,
            ["parameters"] = new JsonObject { ["format"] = "pcm", ["sample_rate"] = AudioMath.SpeechRate, ["language_hints"] = new JsonArray(language) },
            ["input"] = new JsonObject(),
        },
    });

    public static byte[] FinishTask(string task) =>
        Encode(new JsonObject { ["header"] = Header("finish-task", task), ["payload"] = new JsonObject { ["input"] = new JsonObject() } });

    /// <exception cref="VoiceException">It is no event of the protocol.</exception>
    public static WireEvent Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, DashScopeJson.Default.WireEvent) is { Header.Event: not null } read ? read : throw SocketErrors.Unintelligible(VoiceStage.Asr);
        }
        catch (JsonException) { throw SocketErrors.Unintelligible(VoiceStage.Asr); }
    }

    private static JsonObject Header(string action, string task) => new() { ["action"] = action, ["task_id"] = task, ["streaming"] = "duplex" };

    private static byte[] Encode(JsonObject message) => System.Text.Encoding.UTF8.GetBytes(message.ToJsonString());
}
