using System.Text.Json;

namespace Parley.Server.Api.Realtime;

/// <summary>What a client secret stands for. A request that shows one has this as a feature.</summary>
/// <param name="ExpiresAt">From when on it opens nothing more; what it has opened goes on.</param>
/// <param name="Session">How the session that it opens is to be, in the form of a <c>session.update</c>.</param>
internal sealed record ClientSecret(DateTimeOffset ExpiresAt, JsonElement Session);
