using System.Text.Json;
using Parley.Transports.Protocol;
using Parley.Transports.Realtime.Sessions;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime.Responses;

/// <summary>How a response is made: as the session says, or as the client asks for this one.</summary>
internal sealed record ResponsePlan(Modality Modality, AudioFormat Format, VoiceName? Voice, TokenLimit MaxOutputTokens)
{
    public JsonElement? Metadata { get; init; }

    /// <summary>It belongs to no conversation: nothing of it is remembered.</summary>
    public bool IsBeside { get; init; }

    /// <summary>What the session is asked for.</summary>
    public Respond Request { get; init; } = new();

    /// <summary>The client's event that asked for it; null: the turn did.</summary>
    public string? EventId { get; init; }

    /// <summary>The answer to a turn.</summary>
    public static ResponsePlan From(RealtimeSession session) =>
        new(session.Modality, session.Audio.Output.Format, session.Audio.Output.Voice, session.MaxOutputTokens);

    /// <summary>What a client asks for.</summary>
    /// <param name="session">What applies where it says nothing.</param>
    /// <param name="asked">What it says.</param>
    /// <param name="input">The messages that it wants answered; null: the conversation.</param>
    /// <param name="findVoice">The engines' voice that a name stands for.</param>
    public static ResponsePlan From(RealtimeSession session, ResponseParameters asked, IReadOnlyList<InputMessage>? input, Func<string, string?> findVoice)
    {
        var plan = From(session);
        var voice = asked.Audio?.Output?.Voice;
        return plan with
        {
            Modality = asked.OutputModalities is [var modality, ..] ? modality : plan.Modality,
            Voice = voice ?? plan.Voice,
            MaxOutputTokens = asked.MaxOutputTokens ?? plan.MaxOutputTokens,
            Metadata = asked.Metadata,
            IsBeside = asked.Conversation == ConversationKind.None,
            Request = new Respond(
                asked.Instructions, asked.OutputModalities is [var kind, ..] ? kind == Modality.Audio : null, voice is null ? null : findVoice(voice.Name),
                asked.Tools is null ? null : NativeTools.From(asked.Tools), asked.ToolChoice is null ? null : NativeTools.From(asked.ToolChoice),
                asked.MaxOutputTokens?.Count, input, Beside: asked.Conversation == ConversationKind.None),
        };
    }
}
