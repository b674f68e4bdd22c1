using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Tts.Caching;

/// <summary>All that decides how a clause sounds.</summary>
internal readonly record struct SpeechKey(string Engine, string Voice, string Language, double Speed, string Text)
{
    /// <summary>Raised when the files or the meaning of the key change, so that what is older is not found.</summary>
    private const int Version = 1;

    /// <param name="engine">The engine's name.</param>
    /// <param name="voices">Its voices, the default one first.</param>
    /// <param name="request">What it is asked to speak.</param>
    public static SpeechKey Of(string engine, IReadOnlyList<string> voices, SpeechRequest request) => new(
        engine, (request.Voice ?? (voices is [var first, ..] ? first : "")).ToLowerInvariant(), request.Language.ToLowerInvariant(), request.Speed, request.Text);

    /// <summary>A name for a file that gives away nothing of the text.</summary>
    public string Hash()
    {
        // A character that stands in no name, so that no two keys are written alike.
        var all = string.Join('\u001f', Version, Engine, Voice, Language, Speed.ToString("R", CultureInfo.InvariantCulture), Text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 20));
    }
}
