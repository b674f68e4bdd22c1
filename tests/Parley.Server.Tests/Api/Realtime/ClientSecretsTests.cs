using System.Text.Json;
using Parley.Server.Api.Realtime;
using Parley.Time;

namespace Parley.Server.Tests.Api.Realtime;

public sealed class ClientSecretsTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly VirtualClock _time = new();
    private readonly ClientSecrets _secrets;

    public ClientSecretsTests() => _secrets = new ClientSecrets(_time);

    [Fact]
    public void Find_Made_GivesWhatItStandsFor()
    {
        using var session = JsonDocument.Parse("""{"type":"realtime","instructions":"Be brief."}""");
        var (value, made) = _secrets.TryCreate("ana", session.RootElement, s_minute)!.Value;

        Assert.Matches("^ek_[A-Za-z0-9_-]{43}$", value);
        Assert.Equal(_time.GetUtcNow() + s_minute, made.ExpiresAt);
        Assert.Equal("Be brief.", _secrets.Find(value)?.Session.GetProperty("instructions").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ek_")]
    [InlineData("ek_unknown")]
    [InlineData("sk-another")]
    public void Find_Unknown_GivesNothing(string? key) => Assert.Null(_secrets.Find(key));

    [Fact]
    public void Find_Expired_GivesNothing()
    {
        var (longer, shorter) = (Create(2 * s_minute), Create(s_minute));

        _time.Advance(s_minute - TimeSpan.FromTicks(1));
        Assert.NotNull(_secrets.Find(shorter));
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Null(_secrets.Find(shorter));
        Assert.NotNull(_secrets.Find(longer));
    }

    [Fact]
    public void TryCreate_OwnerHasTooMany_GivesNothingUntilOneExpires()
    {
        Create(s_minute);
        for (var i = 1; i < ClientSecrets.MaxOfOwner; i++) { Create(2 * s_minute); }

        Assert.Null(_secrets.TryCreate("ana", JsonElement.Parse("{}"), s_minute));
        Assert.NotNull(_secrets.TryCreate("ben", JsonElement.Parse("{}"), s_minute));
        _time.Advance(s_minute);
        Assert.NotNull(_secrets.TryCreate("ana", JsonElement.Parse("{}"), s_minute));
    }

    [Fact]
    public void TryCreate_TooManyInAll_GivesNothing()
    {
        for (var i = 0; i < ClientSecrets.MaxInAll; i++) { Assert.NotNull(_secrets.TryCreate($"owner {i % 10}", JsonElement.Parse("{}"), s_minute)); }

        Assert.Null(_secrets.TryCreate("another", JsonElement.Parse("{}"), s_minute));
    }

    private string Create(TimeSpan lifetime) => _secrets.TryCreate("ana", JsonElement.Parse("{}"), lifetime)!.Value.Value;
}
