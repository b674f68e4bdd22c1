using System.Buffers;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Diagnostics;

/// <summary>Every span of the engine, with its name and attributes, in one place: session → turn → stage → engine call.</summary>
/// <remarks>
/// Thread-safe. While nobody listens nothing is made and nothing is allocated. No attribute holds what was said, but for those of <see cref="TurnTrace.Say"/>, which an option turns on.
/// </remarks>
public static class ParleyTraces
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "Parley.Voice";

    private const int IdLength = 32;

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    internal static readonly ActivitySource Source = new(SourceName, ParleyVersion.Current);

    /// <summary>The trace that a session is: its id, which is 128 random bits in hexadecimal and so is a trace's; of another id a hash.</summary>
    /// <remarks>So a session that is resumed, even on another server, goes on in its trace, and whoever knows a session finds its trace without asking.</remarks>
    public static string IdOf(string sessionId)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        var isId = sessionId.Length == IdLength && !sessionId.AsSpan().ContainsAnyExcept(s_hex) && sessionId.AsSpan().ContainsAnyExcept('0');
        return isId ? sessionId : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionId)).AsSpan(0, IdLength / 2));
    }

    /// <summary>A stage of a turn begins; it is the current span of the caller's flow, so that what it calls belongs to it.</summary>
    internal static Activity? Stage(VoiceStage stage, TurnTrace? turn) => turn is null ? null : Source.StartActivity(NameOf(stage), ActivityKind.Internal, turn.Context);

    /// <summary>An engine is called; null where nobody asks on whose behalf.</summary>
    internal static Activity? EngineCall(VoiceStage stage, string engine, bool isLocal, bool isTrial = false)
    {
        if (Activity.Current is null || !Source.HasListeners()) { return null; }
        var before = Activity.Current;
        var call = Source.StartActivity("engine", ActivityKind.Client);
        // The caller's flow goes on beside the call, which may end in another one.
        Activity.Current = before;
        return call?.SetTag("parley.stage", NameOf(stage)).SetTag("parley.engine", engine).SetTag("parley.engine.local", isLocal).SetTag("parley.engine.trial", isTrial);
    }

    /// <summary>The first result of an engine has come.</summary>
    internal static void FirstResult(this Activity? call) => call?.AddEvent(new ActivityEvent("first_result"));

    /// <summary>A span is over, in whichever flow.</summary>
    /// <param name="span">The span; null: there is none.</param>
    /// <param name="failure">Why it failed, in the name of a type: a message might quote what was said.</param>
    internal static void End(this Activity? span, string? failure = null)
    {
        if (span is null) { return; }
        if (failure is not null) { span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", failure); }
        var before = Activity.Current;
        span.Stop();
        Activity.Current = before == span ? span.Parent : before;
    }

    internal static string NameOf(VoiceStage stage) => stage switch
    {
        VoiceStage.Asr => "asr",
        VoiceStage.Reply => "reply",
        VoiceStage.Tts => "tts",
        _ => stage.ToString().ToLowerInvariant(),
    };
}
