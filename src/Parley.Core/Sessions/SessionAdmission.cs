using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Transports.Protocol;

namespace Parley.Sessions;

/// <summary>Decides whether the configuration that a client asks for can be served.</summary>
/// <remarks>Thread-safe. What cannot be served is a <see cref="RefusedException"/> with the reason for the client.</remarks>
internal static class SessionAdmission
{
    /// <summary>A session is to begin. An engine that nobody has asked for yet is loaded now.</summary>
    public static Task<(SessionConfig Config, SessionEngines Engines)> AdmitAsync(SessionStart start, SessionServices services, SelectionContext context) =>
        services.Aside.CallAsync(() => ValueTask.FromResult(Admit(services.Experiments.Apply(start), services.Engines, context, services.Coach is not null)));

    private static (SessionConfig Config, SessionEngines Engines) Admit(SessionConfig? asked, IEngineSelector selector, SelectionContext context, bool hasCoach)
    {
        RefuseUnavailable(asked);
        var config = SessionConfigRules.Merge(SessionConfigRules.Defaults, asked);
        try
        {
            var engines = selector.Select(config, context);
            RefuseUnknown(config, engines, "config.");
            return (WithFeedback(WithQuickReply(config, engines), hasCoach), engines);
        }
        catch (VoiceException e)
        {
            throw new RefusedException(ErrorCodes.BadField, e.Message);
        }
    }

    /// <summary>A running session is to change.</summary>
    public static SessionConfig Change(SessionConfig current, SessionConfig change, SessionEngines engines, bool hasCoach)
    {
        RefuseUnavailable(change);
        if (SessionConfigRules.FindUnchangeable(current, change) is { } setting)
        {
            throw new RefusedException(ErrorCodes.NotChangeable, $"{setting} cannot change in mid-session.");
        }
        var config = SessionConfigRules.Merge(current, change);
        RefuseUnknown(config, engines, "config.");
        return WithFeedback(WithQuickReply(config, engines), hasCoach);
    }

    /// <summary>A reply is to be made as the client asks for it.</summary>
    public static void Check(SessionConfig current, Respond asked, SessionEngines engines) =>
        RefuseUnknown(SessionConfigRules.Merge(current, asked), engines, "");

    /// <summary>Openers are on where there is a small model and nobody said no; without one they are off, whatever was asked.</summary>
    private static SessionConfig WithQuickReply(SessionConfig config, SessionEngines engines)
    {
        var quick = engines.Choices.GetValueOrDefault("quick")?.Name;
        return config with { QuickReply = quick is not null && config.QuickReply != false, Engines = config.Engines! with { Quick = quick } };
    }

    /// <summary>Without a coach there is no feedback, whatever was asked.</summary>
    private static SessionConfig WithFeedback(SessionConfig config, bool hasCoach) =>
        hasCoach ? config : config with { Feedback = config.Feedback! with { Pronunciation = false, Grammar = false, Discourse = false } };

    private static void RefuseUnavailable(SessionConfig? asked)
    {
        if (SessionConfigRules.FindUnavailable(asked) is { } setting)
        {
            throw new RefusedException(ErrorCodes.NotAvailable, $"{setting} is not available yet.");
        }
    }

    private static void RefuseUnknown(SessionConfig config, SessionEngines engines, string path)
    {
        if (config.ToolChoice is RequiredChatToolMode { RequiredFunctionName: { } tool } && !config.Tools!.Any(t => t.Name == tool))
        {
            throw new RefusedException(ErrorCodes.BadField, $"{path}tool_choice: there is no such tool in {path}tools.");
        }
        if (config.Voice is { } voice && engines.Tts.Count > 0 && !engines.Tts.Any(t => t.Voices.Contains(voice)))
        {
            throw new RefusedException(
                ErrorCodes.BadField, $"{path}voice: there is no such voice; there are {string.Join(", ", engines.Tts[0].Voices.Take(40))}.");
        }
    }
}
