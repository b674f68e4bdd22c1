using System.Text.Json;
using Parley.Testing.Sessions;
using Parley.Transports.Realtime;

namespace Parley.Core.Tests.Transports.Realtime;

/// <summary>Clients from before the API was released are spoken to in the words of then.</summary>
public sealed class BetaTests
{
    private static RealtimeTalk Talk() => new(e => e.Chat.Texts = ["Yes."], new RealtimeCall("gpt-4o-realtime-preview") { SpeaksBeta = true });

    [Fact]
    public void Session_IsFlatInBothDirections()
    {
        var talk = Talk().Update(
            """
            {"modalities":["text","audio"],"instructions":"Be brief.","voice":"alloy","input_audio_format":"g711_ulaw","output_audio_format":"pcm16",
             "input_audio_transcription":{"model":"whisper-1"},"turn_detection":null,"temperature":0.8,"max_response_output_tokens":100}
            """);

        var session = talk.Only("session.updated").At("session");

        Assert.Equal(("Be brief.", "alloy", "g711_ulaw", "pcm16"),
            (session.Text("instructions"), session.Text("voice"), session.Text("input_audio_format"), session.Text("output_audio_format")));
        Assert.Equal(("whisper-1", 100), (session.Text("input_audio_transcription.model"), session.Number("max_response_output_tokens")));
        Assert.Equal(JsonValueKind.Null, session.At("turn_detection").ValueKind);
        Assert.Equal(["text", "audio"], session.At("modalities").EnumerateArray().Select(m => m.GetString()));
        Assert.False(session.Has("audio"));
        Assert.False(session.Has("type"));
        talk.End();
    }

    [Fact]
    public void Turn_HasTheEventsOfThenInTheirOrder()
    {
        var talk = Talk().Update("""{"input_audio_transcription":{"model":"whisper-1"}}""").Hush(200).Speak(1_200);

        var done = talk.HushUntil("response.done");

        Assert.Equal(
        [
            "session.created", "session.updated", "input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped", "input_audio_buffer.committed",
            "conversation.item.created", "conversation.item.input_audio_transcription.delta", "conversation.item.input_audio_transcription.completed",
            "response.created", "response.output_item.added", "conversation.item.created", "response.content_part.added",
            "response.audio_transcript.delta", "response.audio.delta", "response.audio.done", "response.audio_transcript.done",
            "response.content_part.done", "response.output_item.done", "response.done",
        ], talk.Types);
        Assert.Equal(("audio", "Yes."), (done.Text("response.output.0.content.0.type"), done.Text("response.output.0.content.0.transcript")));
        Assert.Equal("pcm16", done.Text("response.output_audio_format"));
        talk.End();
    }

    [Fact]
    public void Text_OfTheAssistant_IsTakenAsItWasCalled()
    {
        var talk = Talk()
            .Say("""{"type":"conversation.item.create","item":{"type":"message","role":"assistant","content":[{"type":"text","text":"Hello."}]}}""").Write("Hi.")
            .Respond("""{"modalities":["text"]}""");

        talk.WaitUntil("response.done");

        Assert.Equal(["Hello.", "Hi."], talk.Engines.Chat.Prompts[0].Skip(1).Select(m => m.Text));
        Assert.Equal("text", talk.Of("conversation.item.created")[0].Text("item.content.0.type"));
        talk.End();
    }

    [Fact]
    public void Session_UnknownFormat_IsRefused()
    {
        var talk = Talk().Update("""{"input_audio_format":"mp3"}""");

        Assert.Equal("session.audio.input.format.type", talk.Only("error").Text("error.param"));
        talk.End();
    }
}
