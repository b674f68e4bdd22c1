using System.Text.Json;
using Parley.Testing.Sessions;
using Parley.Transports.Realtime;

namespace Parley.Core.Tests.Transports.Realtime;

/// <summary>The session object: partial updates, their echo, and what is refused.</summary>
public sealed class SessionTests
{
    [Fact]
    public void Update_OfOneField_LeavesTheRest()
    {
        var talk = new RealtimeTalk()
            .Update("""{"type":"realtime","instructions":"Be brief.","audio":{"input":{"transcription":{"model":"whisper-1"},"turn_detection":{"type":"semantic_vad"}},"output":{"voice":"marin","speed":1.2}}}""")
            .Update("""{"type":"realtime","tracing":"auto"}""");

        var (first, second) = (talk.Of("session.updated")[0].At("session"), talk.Of("session.updated")[1].At("session"));

        Assert.Equal(("Be brief.", "marin", "auto"), (second.Text("instructions"), second.Text("audio.output.voice"), second.Text("tracing")));
        Assert.Equal(("semantic_vad", "auto"), (second.Text("audio.input.turn_detection.type"), second.Text("audio.input.turn_detection.eagerness")));
        Assert.True(second.At("audio.input.turn_detection.interrupt_response").GetBoolean());
        Assert.False(second.Has("audio.input.turn_detection.threshold"));
        Assert.Equal(first.At("audio").GetRawText(), second.At("audio").GetRawText());
        talk.End();
    }

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("0.25", 0.5)]
    public void Update_OfTheSpeed_IsToldAndSpokenAsFarAsItGoes(string asked, double told)
    {
        var talk = new RealtimeTalk().Write("Hello.").Respond();
        talk.WaitUntil("response.done");

        talk.Update("""{"audio":{"output":{"speed":""" + asked + "}}}").Wait(2_000).Respond();
        talk.WaitUntil("response.done", e => e.Text("response.id") != talk.Of("response.done")[0].Text("response.id"));

        Assert.Equal(told, talk.Only("session.updated").At("session.audio.output.speed").GetDouble());
        Assert.Equal([1, told], talk.Engines.Tts.Requests.Select(r => r.Speed).Distinct());
        talk.End();
    }

    [Fact]
    public void Update_WithNull_TurnsOff()
    {
        var talk = new RealtimeTalk()
            .Update("""{"instructions":"Be brief.","tools":[{"type":"function","name":"f"}],"audio":{"input":{"transcription":{"model":"whisper-1"}}}}""")
            .Update("""{"tools":null,"audio":{"input":{"transcription":null,"turn_detection":null}}}""");

        var session = talk.Of("session.updated")[1].At("session");

        Assert.Equal(JsonValueKind.Null, session.At("audio.input.transcription").ValueKind);
        Assert.Equal(JsonValueKind.Null, session.At("audio.input.turn_detection").ValueKind);
        Assert.Equal(0, session.At("tools").GetArrayLength());
        Assert.Equal("Be brief.", session.Text("instructions"));
        talk.End();
    }

    [Fact]
    public void Update_DetectionOfAnotherKind_KeepsNothingOfTheOld()
    {
        var talk = new RealtimeTalk()
            .Update("""{"audio":{"input":{"turn_detection":{"type":"server_vad","silence_duration_ms":900,"create_response":false}}}}""")
            .Update("""{"audio":{"input":{"turn_detection":{"silence_duration_ms":700}}}}""")
            .Update("""{"audio":{"input":{"turn_detection":{"type":"semantic_vad","eagerness":"low"}}}}""");

        var echoes = talk.Of("session.updated").Select(e => e.At("session.audio.input.turn_detection")).ToList();

        Assert.Equal((700, false), (echoes[1].Number("silence_duration_ms"), echoes[1].At("create_response").GetBoolean()));
        Assert.True(echoes[2].At("create_response").GetBoolean());
        talk.End();
    }

    [Theory]
    [InlineData("""{"audio":{"input":{"format":{"type":"audio/mp3"}}}}""", "session.audio.input.format.type")]
    [InlineData("""{"audio":{"input":{"format":{"type":"audio/pcm","rate":16000}}}}""", "session.audio.input.format.rate")]
    [InlineData("""{"audio":{"input":{"turn_detection":{"type":"magic"}}}}""", "session.audio.input.turn_detection.type")]
    [InlineData("""{"audio":{"input":{"turn_detection":{"type":"server_vad","threshold":2}}}}""", "session.audio.input.turn_detection.threshold")]
    [InlineData("""{"audio":{"input":{"turn_detection":{"silence_duration_ms":159}}}}""", "session.audio.input.turn_detection.silence_duration_ms")]
    [InlineData("""{"audio":{"input":{"turn_detection":{"silence_duration_ms":10001}}}}""", "session.audio.input.turn_detection.silence_duration_ms")]
    [InlineData("""{"audio":{"input":{"turn_detection":{"silence_duration_ms":500.5}}}}""", "session.audio.input.turn_detection.silence_duration_ms")]
    [InlineData("""{"audio":{"input":{"turn_detection":{"threshold":-0.1}}}}""", "session.audio.input.turn_detection.threshold")]
    [InlineData("""{"audio":{"input":{"turn_detection":{"prefix_padding_ms":5001}}}}""", "session.audio.input.turn_detection.prefix_padding_ms")]
    [InlineData("""{"audio":{"input":{"turn_detection":{"idle_timeout_ms":100}}}}""", "session.audio.input.turn_detection.idle_timeout_ms")]
    [InlineData("""{"audio":{"output":{"speed":3}}}""", "session.audio.output.speed")]
    [InlineData("""{"audio":{"output":{"speed":0.2}}}""", "session.audio.output.speed")]
    [InlineData("""{"audio":{"output":{"voice":5}}}""", "session.audio.output.voice")]
    [InlineData("""{"output_modalities":["audio","text"]}""", "session.output_modalities")]
    [InlineData("""{"output_modalities":"audio"}""", "session.output_modalities")]
    [InlineData("""{"max_output_tokens":0}""", "session.max_output_tokens")]
    [InlineData("""{"tool_choice":"perhaps"}""", "session.tool_choice")]
    [InlineData("""{"tools":[{"type":"function"}]}""", "session.tools[0].name")]
    [InlineData("""{"tools":[null]}""", "session.tools[0].name")]
    [InlineData("""{"instructions":7}""", "session.instructions")]
    [InlineData("5", "session")]
    [InlineData("null", "session")]
    public void Update_WrongValue_IsRefusedByItsPathAndChangesNothing(string session, string param)
    {
        var talk = new RealtimeTalk().Say($$"""{"type":"session.update","event_id":"e9","session":{{session}}}""");

        var error = talk.Only("error").At("error");
        Assert.Equal((param, "e9", "invalid_request_error"), (error.Text("param"), error.Text("event_id"), error.Text("type")));
        Assert.Empty(talk.Of("session.updated"));
        talk.End();
    }

    [Fact]
    public void Update_BeforeTheFirstTurn_DecidesHowItGoes()
    {
        var talk = new RealtimeTalk().Update("""{"instructions":"You are a pirate.","audio":{"input":{"transcription":{"language":"de"}}}}""").Hush(200).Speak(1_200);

        talk.HushUntil("response.created");

        Assert.StartsWith("You are a pirate.", talk.Engines.Chat.Prompts[0][0].Text, StringComparison.Ordinal);
        Assert.Equal("de", talk.Engines.Asr.Requests[0].Language);
        talk.End();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Audio_LeavesTheHouse_OnlyIfTheServerSaysSo(bool allowed)
    {
        var talk = new RealtimeTalk(call: new RealtimeCall("gpt-realtime") { CloudAudio = allowed }).Hush(200).Speak(600);

        talk.HushUntil("response.created");

        Assert.Equal(allowed, talk.Engines.Asr.Requests[0].CloudAudio);
        talk.End();
    }

    [Fact]
    public void Instructions_Cleared_AreNobodys()
    {
        var talk = new RealtimeTalk().Update("""{"instructions":"You are a pirate."}""").Write("Hi.").Update("""{"instructions":""}""").Respond();

        talk.WaitUntil("response.created");

        Assert.DoesNotContain("pirate", talk.Engines.Chat.Prompts[0][0].Text, StringComparison.Ordinal);
        talk.End();
    }

    [Theory]
    [InlineData("{", "invalid_json", null)]
    [InlineData("[]", "invalid_json", null)]
    [InlineData("""{"type":"a\ud800"}""", "invalid_json", null)]
    [InlineData("""{"event_id":"e1"}""", "missing_required_parameter", "type")]
    [InlineData("""{"type":"session.start","event_id":"e1"}""", "invalid_value", "type")]
    [InlineData("""{"type":"input_audio_buffer.append","event_id":"e1"}""", "missing_required_parameter", "audio")]
    [InlineData("""{"type":"input_audio_buffer.append","event_id":"e1","audio":"no-base64"}""", "invalid_value", "audio")]
    [InlineData("""{"type":"conversation.item.truncate","event_id":"e1","item_id":"x","content_index":0}""", "missing_required_parameter", "audio_end_ms")]
    public void Event_ThatIsNone_IsRefusedAndTheSessionGoesOn(string text, string code, string? param)
    {
        var talk = new RealtimeTalk().Say(text);

        var error = talk.Only("error").At("error");
        Assert.Equal(code, error.Text("code"));
        if (param is null) { Assert.False(error.Has("param")); } else { Assert.Equal((param, "e1"), (error.Text("param"), error.Text("event_id"))); }
        talk.Write("Hi.").Respond();
        talk.WaitUntil("response.done");
        talk.End();
    }

    [Fact]
    public void Transcription_ByIntent_NeverAnswers()
    {
        var talk = new RealtimeTalk(call: new RealtimeCall("gpt-4o-transcribe") { TranscribesOnly = true }).Hush(200).Speak(1_200);

        talk.HushUntil("conversation.item.input_audio_transcription.completed");
        talk.Hush(1_000).Respond();

        Assert.Equal(("transcription", "realtime.transcription_session"), (talk.Only("session.created").Text("session.type"), talk.Only("session.created").Text("session.object")));
        Assert.Empty(talk.Of("response.created"));
        Assert.Single(talk.Of("error"));
        talk.End();
    }

    [Fact]
    public void Client_SaysNothingForLong_IsServedStill()
    {
        var talk = new RealtimeTalk().Wait(120_000);

        talk.Write("Hi.").Respond();
        talk.WaitUntil("response.done");

        Assert.Empty(talk.Of("error"));
        talk.End();
    }

    [Fact]
    public void Idle_ForLong_TheAssistantSpeaksAgain()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = ["Hello.", "Are you there?"])
            .Update("""{"audio":{"input":{"turn_detection":{"type":"server_vad","idle_timeout_ms":6000}}}}""").Write("Hi.").Respond();
        talk.HushUntil("response.done");

        var timeout = talk.HushUntil("input_audio_buffer.timeout_triggered");
        talk.HushUntil("response.done", e => e.Text("response.output.0.content.0.transcript") == "Are you there?");

        talk.Hush(60_000);
        Assert.Equal(3, talk.Of("input_audio_buffer.timeout_triggered").Count);
        Assert.InRange(timeout.Number("audio_end_ms") - timeout.Number("audio_start_ms"), 5_900, 6_100);
        Assert.Equal(timeout.Text("item_id"), talk.Of("input_audio_buffer.committed")[0].Text("item_id"));
        talk.End();
    }

    [Fact]
    public void Server_ShutsDown_OpenResponseIsDone()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [string.Join(' ', Enumerable.Repeat("word", 200)) + "."]).Write("Hi.").Respond();
        talk.WaitUntil("response.output_audio.delta");

        talk.Shutdown.Cancel();
        talk.Wait(60_000);

        Assert.True(talk.HasEnded);
        Assert.Equal(Parley.Transports.TransportCloseReason.GoingAway, talk.Line.Closed);
        SpokenTurnTests.AssertNothingAfterDone(talk);
    }

    [Fact]
    public void Reply_Fails_ResponseSaysSo()
    {
        var talk = new RealtimeTalk(e => e.Chat.FailsAfter = 0).Write("Hi.").Respond();

        var done = talk.WaitUntil("response.done");

        Assert.Equal(("failed", "server_error"), (done.Text("response.status"), done.Text("response.status_details.error.type")));
        Assert.Empty(talk.Of("error"));
        talk.End();
    }

    [Fact]
    public void Events_AllNumbers_AreIntegersButSettings()
    {
        var talk = new RealtimeTalk().Update("""{"audio":{"input":{"transcription":{"model":"whisper-1"}}}}""").Hush(200).Speak(1_200);

        talk.HushUntil("response.done");

        Assert.All(talk.Line.All.Where(f => !System.Text.Encoding.UTF8.GetString(f.Data.Span).Contains("\"session\":", StringComparison.Ordinal)),
            f => Assert.DoesNotMatch(@":-?\d+\.\d", System.Text.Encoding.UTF8.GetString(f.Data.Span)));
        Assert.Equal(talk.Events.Count, talk.Events.Select(e => e.Text("event_id")).Distinct().Count());
        talk.End();
    }
}
