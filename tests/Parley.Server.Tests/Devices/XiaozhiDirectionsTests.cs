using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Parley.Server.Configuration;

namespace Parley.Server.Tests.Devices;

/// <summary>Where a device asks at its start where to go.</summary>
public sealed class XiaozhiDirectionsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_WhatADeviceSends_NamesTheWebSocketAndNoNewerFirmware()
    {
        await using var server = await XiaozhiServer.StartAsync();

        var answer = await PostAsync(server, """{"version":2,"uuid":"6ba7b810","application":{"name":"xiaozhi","version":"2.2.6"},"board":{"type":"bread-compact-wifi"}}""");

        Assert.Equal($"ws://127.0.0.1:{server.Server.Http.Port}/xiaozhi/v1/", answer.GetProperty("websocket").GetProperty("url").GetString());
        Assert.Equal(1, answer.GetProperty("websocket").GetProperty("version").GetInt32());
        Assert.False(answer.GetProperty("websocket").TryGetProperty("token", out _));
        Assert.Equal("2.2.6", answer.GetProperty("firmware").GetProperty("version").GetString());
        Assert.Equal("", answer.GetProperty("firmware").GetProperty("url").GetString());
        var time = DateTimeOffset.FromUnixTimeMilliseconds(answer.GetProperty("server_time").GetProperty("timestamp").GetInt64());
        Assert.InRange((DateTimeOffset.UtcNow - time).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        // With this in the answer, the firmware would talk MQTT.
        Assert.False(answer.TryGetProperty("mqtt", out _));
    }

    [Fact]
    public async Task Post_ThenConnect_Converses()
    {
        await using var server = await XiaozhiServer.StartAsync(options: new XiaozhiOptions { Token = "key" }, keys: ["key"]);
        var directions = (await PostAsync(server, "{}")).GetProperty("websocket");

        var device = server.Device();
        await device.ConnectAsync(new Uri(directions.GetProperty("url").GetString()!), token: directions.GetProperty("token").GetString());

        Assert.NotNull(device.SessionId);
    }

    [Fact]
    public async Task Get_Address_IsTheConfiguredOne()
    {
        await using var server = await XiaozhiServer.StartAsync(options: new XiaozhiOptions { WebSocketUrl = "wss://voice.example.org/xiaozhi/v1/" });
        using var http = new HttpClient();

        var answer = await http.GetFromJsonAsync<JsonElement>(server.Directions, Cancel);

        Assert.Equal("wss://voice.example.org/xiaozhi/v1/", answer.GetProperty("websocket").GetProperty("url").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"application":{"version":7}}""")]
    public async Task Post_Garbage_IsAnsweredAllTheSame(string body)
    {
        await using var server = await XiaozhiServer.StartAsync();

        var answer = await PostAsync(server, body);

        Assert.Equal("0.0.0", answer.GetProperty("firmware").GetProperty("version").GetString());
    }

    [Fact]
    public async Task Post_TheWholeServer_NamesItsWebSocket()
    {
        await using var app = ParleyServer.Build(["--urls=http://127.0.0.1:0", "--Parley:Store:Enabled=false"]);
        await app.StartAsync(Cancel);

        var answer = await PostAsync(new Uri(new Uri(app.Urls.First()), "/xiaozhi/ota/"), "{}");

        var address = new Uri(answer.GetProperty("websocket").GetProperty("url").GetString()!);
        Assert.Equal(("ws", new Uri(app.Urls.First()).Authority, "/xiaozhi/v1/"), (address.Scheme, address.Authority, address.AbsolutePath));
        await app.StopAsync(Cancel);
    }

    private static Task<JsonElement> PostAsync(XiaozhiServer server, string body) => PostAsync(server.Directions, body);

    private static async Task<JsonElement> PostAsync(Uri directions, string body)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(directions, content, Cancel);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }
}
