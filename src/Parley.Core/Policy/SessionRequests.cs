using Parley.Diagnostics;
using Parley.Policy.Ranking;
using Parley.Transports.Protocol;

namespace Parley.Policy;

/// <summary>What a session asks of the policy.</summary>
internal static class SessionRequests
{
    /// <summary>The request for one stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="config">What the session wants.</param>
    /// <param name="context">Whose it is; null: nobody's, such as when the server loads its engines.</param>
    public static PolicyRequest For(VoiceStage stage, SessionConfig config, SelectionContext? context) => new(stage)
    {
        Asked = stage switch
        {
            VoiceStage.Asr => config.Engines?.Asr,
            VoiceStage.Reply => config.Engines?.Reply,
            VoiceStage.Tts => config.Engines?.Tts,
            _ => null,
        },
        Language = config.Language ?? "en-US",
        Level = config.Level?.ToString(),
        Consent = config.Consent?.CloudAudio == true ? CloudConsent.Any : CloudConsent.None,
        Subject = context?.Subject,
        Previous = context?.Previous?.GetValueOrDefault(stage.ToString().ToLowerInvariant()),
    };

    /// <summary>The request of a caller who needs one engine and no session: a name, its own or the operator's, is the consent.</summary>
    public static PolicyRequest For(VoiceStage stage, string? asked, string? language = null) => new(stage)
    {
        Asked = asked, Language = language, Consent = CloudConsent.Named,
    };
}
