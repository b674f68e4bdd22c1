using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Testing.Sessions;

namespace Parley.Core.Tests.Transports.Realtime;

/// <summary>Text turns, turns that the client ends, and what it does to the conversation by hand.</summary>
public sealed class ConversationTests
{
    private const string LongAnswer = "One two three four five six seven eight nine ten eleven twelve.";

    private const string ByHand = """{"type":"realtime","audio":{"input":{"turn_detection":null,"transcription":{"model":"whisper-1"}}}}""";

    [Fact]
    public void Text_ThenResponse_IsAnsweredAloud()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = ["Yes."]).Write("Are you there?");
        Assert.Empty(talk.Of("response.created"));

        talk.Respond();
        talk.WaitUntil("response.done");

        Assert.Equal("Are you there?", talk.Engines.Chat.Prompts[0][^1].Text);
        Assert.Equal(["conversation.item.added", "conversation.item.done", "response.created"], talk.Types.Skip(1).Take(3));
        Assert.Equal("item_text", talk.Of("conversation.item.added")[1].Text("previous_item_id"));
        Assert.Equal("""[{"type":"input_text","text":"Are you there?"}]""", talk.Of("conversation.item.added")[0].At("item.content").GetRawText());
        talk.End();
    }

    [Fact]
    public void Text_ModalityIsText_IsAnsweredInText()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = ["Yes, I am."]).Update("""{"output_modalities":["text"]}""").Write("Are you there?").Respond();

        var done = talk.WaitUntil("response.done");

        Assert.Equal(
        [
            "response.created", "response.output_item.added", "conversation.item.added", "response.content_part.added", "response.output_text.delta",
            "response.output_text.done", "response.content_part.done", "conversation.item.done", "response.output_item.done", "response.done",
        ], talk.Types.SkipWhile(t => t != "response.created"));
        Assert.Equal(("output_text", "Yes, I am."), (done.Text("response.output.0.content.0.type"), done.Text("response.output.0.content.0.text")));
        Assert.Equal("text", talk.Only("response.content_part.added").Text("part.type"));
        talk.End();
    }

    [Fact]
    public void Response_WhileThereIsOne_IsRefusedWithItsEvent()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [LongAnswer]).Write("Go on.").Respond();
        talk.WaitUntil("response.output_audio.delta");

        talk.Respond();

        var error = talk.Only("error").At("error");
        Assert.Equal(("conversation_already_has_active_response", "e_respond"), (error.Text("code"), error.Text("event_id")));
        talk.End();
    }

    [Fact]
    public void Cancel_ResponseIsBeingMade_EndsIt()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [LongAnswer]).Write("Go on.").Respond();
        talk.WaitUntil("response.output_audio.delta");

        talk.Say("""{"type":"response.cancel"}""").Wait(1_000);

        Assert.Equal("client_cancelled", talk.Only("response.done").Text("response.status_details.reason"));
        SpokenTurnTests.AssertNothingAfterDone(talk);
        talk.End();
    }

    [Fact]
    public void Cancel_NoResponse_IsRefused()
    {
        var talk = new RealtimeTalk().Say("""{"type":"response.cancel","event_id":"e1"}""");

        Assert.Equal(("response_cancel_not_active", "e1"), (talk.Only("error").Text("error.code"), talk.Only("error").Text("error.event_id")));
        talk.End();
    }

    [Fact]
    public void Cancel_ResponseWaitsForTheTurn_IsCreatedAndDone()
    {
        var talk = new RealtimeTalk().Update("""{"audio":{"input":{"turn_detection":{"type":"server_vad","create_response":false}}}}""").Hush(200).Speak(800).Respond();
        Assert.Empty(talk.Of("response.created"));

        talk.Say("""{"type":"response.cancel"}""");
        talk.HushUntil("conversation.item.done");
        talk.Hush(1_000);

        Assert.Equal("cancelled", talk.Only("response.done").Text("response.status"));
        SpokenTurnTests.AssertNothingAfterDone(talk);
        talk.End();
    }

    [Fact]
    public void Commit_ByHand_IsAnItemAndATranscriptAndNoResponse()
    {
        var talk = new RealtimeTalk().Update(ByHand).Append(RealtimeTalk.Spoken(1_000)).Say("""{"type":"input_audio_buffer.commit"}""");

        talk.WaitUntil("conversation.item.input_audio_transcription.completed");
        talk.Wait(1_000);

        Assert.Equal(
        [
            "session.created", "session.updated", "input_audio_buffer.committed", "conversation.item.added", "conversation.item.done",
            "conversation.item.input_audio_transcription.delta", "conversation.item.input_audio_transcription.completed",
        ], talk.Types);
        talk.Respond();
        talk.WaitUntil("response.done");
        Assert.Equal("hello there my friend", talk.Engines.Chat.Prompts[0][^1].Text);
        talk.End();
    }

    [Fact]
    public void Commit_ThenResponseAtOnce_AnswersWhatWasSaid()
    {
        var talk = new RealtimeTalk(e => e.Asr.FinalLatency = TimeSpan.FromMilliseconds(300)).Update(ByHand).Append(RealtimeTalk.Spoken(1_000));

        talk.Say("""{"type":"input_audio_buffer.commit"}""").Respond();
        talk.WaitUntil("response.done");

        Assert.Equal("hello there my friend", Assert.Single(talk.Engines.Chat.Prompts)[^1].Text);
        talk.End();
    }

    [Fact]
    public void Commit_WhileAnAnswerIsSpoken_LeavesIt()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [LongAnswer, "Yes."]).Update(ByHand).Write("Go on.").Respond();
        talk.WaitUntil("response.output_audio.delta");

        talk.Append(RealtimeTalk.Spoken(1_000)).Say("""{"type":"input_audio_buffer.commit"}""");
        talk.WaitUntil("conversation.item.input_audio_transcription.completed");
        Assert.Empty(talk.Of("response.done"));

        Assert.Equal("completed", talk.WaitUntil("response.done").Text("response.status"));
        talk.Wait(2_000);
        Assert.Single(talk.Of("response.created"));
        talk.Respond();
        talk.WaitUntil("response.done", _ => talk.Of("response.done").Count == 2);
        Assert.Equal(["Go on.", LongAnswer, "hello there my friend"], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Commit_Often_EachItemHasItsOwnTranscript()
    {
        var talk = new RealtimeTalk(e => { e.Asr.Texts = ["one", "", "three"]; e.Asr.FinalLatency = TimeSpan.FromMilliseconds(300); }).Update(ByHand);

        for (var i = 0; i < 3; i++) { talk.Append(RealtimeTalk.Spoken(500)).Say("""{"type":"input_audio_buffer.commit"}"""); }
        talk.Respond();
        talk.WaitUntil("response.done");

        var items = talk.Of("input_audio_buffer.committed").Select(e => e.Text("item_id"));
        Assert.Equal(items.Zip(["one", "", "three"]), talk.Of("conversation.item.input_audio_transcription.completed").Select(e => (e.Text("item_id"), e.Text("transcript"))));
        Assert.Equal(["one", "three"], talk.Engines.Chat.Prompts[0].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Commit_MoreThanAreUnderstoodAtOnce_FailsOfTheLast()
    {
        var talk = new RealtimeTalk(e => e.Asr.FinalLatency = TimeSpan.FromSeconds(5)).Update(ByHand);

        for (var i = 0; i < 17; i++) { talk.Append(RealtimeTalk.Spoken(100)).Say("""{"type":"input_audio_buffer.commit"}"""); }
        talk.WaitUntil("conversation.item.input_audio_transcription.completed");

        Assert.Equal(talk.Of("input_audio_buffer.committed")[16].Text("item_id"), talk.Only("conversation.item.input_audio_transcription.failed").Text("item_id"));
        Assert.Equal(16, talk.Of("conversation.item.input_audio_transcription.completed").Count);
        Assert.Empty(talk.Of("error"));
        talk.End();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(800)]
    public void Create_SpeechOfTheUser_IsTranscribedAndNotAnsweredUnasked(int speakMs)
    {
        var talk = new RealtimeTalk(e => e.Asr.Texts = speakMs > 0 ? ["what is this", "a tape"] : ["a tape"])
            .Update("""{"audio":{"input":{"transcription":{"model":"whisper-1"}}}}""").Hush(200).Speak(speakMs);
        var before = talk.Of("input_audio_buffer.speech_started").Count;

        talk.Record("tape", 1_001);

        var completed = talk.WaitUntil("conversation.item.input_audio_transcription.completed");
        Assert.Equal(("tape", "a tape"), (completed.Text("item_id"), completed.Text("transcript")));
        Assert.Equal(before, talk.Of("input_audio_buffer.speech_started").Count);
        if (speakMs > 0)
        {
            talk.HushUntil("response.done");
            Assert.Equal(["a tape", "what is this"], talk.Engines.Chat.Prompts[0].Skip(1).Select(m => m.Text));
        }
        else
        {
            talk.Hush(3_000);
            Assert.Empty(talk.Of("response.created"));
            talk.Respond();
            talk.WaitUntil("response.done");
            Assert.Equal("a tape", talk.Engines.Chat.Prompts[0][^1].Text);
        }
        talk.End();
    }

    [Fact]
    public void Create_SpeechOfTheUserDuringAnAnswer_LeavesIt()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [LongAnswer]).Write("Go on.").Respond();
        talk.WaitUntil("response.output_audio.delta");

        talk.Record("tape", 1_000);

        Assert.Equal("completed", talk.HushUntil("response.done").Text("response.status"));
        talk.Hush(2_000);
        Assert.Single(talk.Of("response.created"));
        talk.End();
    }

    [Fact]
    public void Commit_LessThanATenthOfASecond_IsRefused()
    {
        var talk = new RealtimeTalk().Update(ByHand).Append(RealtimeTalk.Spoken(80)).Say("""{"type":"input_audio_buffer.commit"}""");

        Assert.Equal("input_audio_buffer_commit_empty", talk.Only("error").Text("error.code"));
        talk.End();
    }

    [Fact]
    public void Clear_BeforeTheCommit_ForgetsTheAudio()
    {
        var talk = new RealtimeTalk().Update(ByHand).Append(RealtimeTalk.Spoken(1_000)).Say("""{"type":"input_audio_buffer.clear"}""").Say("""{"type":"input_audio_buffer.commit"}""");

        Assert.Single(talk.Of("input_audio_buffer.cleared"));
        Assert.Equal("input_audio_buffer_commit_empty", talk.Only("error").Text("error.code"));
        talk.End();
    }

    [Fact]
    public void Commit_WhileSpeechIsDetected_EndsTheTurn()
    {
        var talk = new RealtimeTalk().Hush(200).Speak(800).Say("""{"type":"input_audio_buffer.commit"}""");

        talk.WaitUntil("response.done");

        Assert.Single(talk.Of("input_audio_buffer.speech_stopped"));
        Assert.Single(talk.Of("input_audio_buffer.committed"));
        talk.End();
    }

    [Fact]
    public void Detection_WithoutResponses_WaitsForTheClient()
    {
        var talk = new RealtimeTalk().Update("""{"audio":{"input":{"turn_detection":{"type":"server_vad","create_response":false}}}}""").Hush(200).Speak(1_200);
        talk.HushUntil("conversation.item.done");
        talk.Hush(1_000);
        Assert.Empty(talk.Of("response.created"));

        talk.Respond();
        talk.HushUntil("response.done");

        Assert.Equal("hello there my friend", talk.Engines.Chat.Prompts[0][^1].Text);
        talk.End();
    }

    [Fact]
    public void Truncate_AfterAnInterruption_CutsWhatIsRemembered()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [LongAnswer, "Yes."]).Hush(200).Speak(1_200);
        talk.HushUntil("response.output_audio.delta");
        talk.Hush(1_600).Speak(600);
        var item = talk.HushUntil("response.done").Text("response.output.0.id");

        // Two words of 300 ms.
        talk.Say($$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":650}""");
        var truncated = talk.Only("conversation.item.truncated");
        talk.HushUntil("response.done", e => e.Text("response.status") == "completed");

        Assert.Equal((item, 650, 0), (truncated.Text("item_id"), truncated.Number("audio_end_ms"), truncated.Number("content_index")));
        var prompt = talk.Engines.Chat.Prompts[1].Where(m => m.Role == ChatRole.Assistant).Select(m => m.Text);
        Assert.Equal(["One two—"], prompt);
        talk.End();
    }

    [Fact]
    public void Truncate_ResponseIsDoneAndStillHeard_StopsIt()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [LongAnswer, "Yes."]).Write("Go on.").Respond();
        var item = talk.WaitUntil("response.done").Text("response.output.0.id");

        talk.Say($$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":650}""");
        talk.Write("What?", "item_2").Respond();
        talk.WaitUntil("response.done", e => e.Text("response.output.0.id") != item);

        Assert.Equal(["Go on.", "One two—", "What?"], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.Say($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");
        var retrieved = talk.Only("conversation.item.retrieved");
        Assert.Equal("One two", retrieved.Text("item.content.0.transcript"));
        Assert.Equal(650 * 48, retrieved.At("item.content.0.audio").GetBytesFromBase64().Length);
        talk.End();
    }

    [Theory]
    [InlineData("\"item_text\"", 100, "Only model output audio messages can be truncated.")]
    [InlineData("\"nowhere\"", 100, "There is no item 'nowhere' in the conversation.")]
    public void Truncate_NoSpeechOfTheAssistant_IsRefused(string item, int ms, string message)
    {
        var talk = new RealtimeTalk().Write("Hello.").Say($$"""{"type":"conversation.item.truncate","item_id":{{item}},"content_index":0,"audio_end_ms":{{ms}}}""");

        Assert.Equal(message, talk.Only("error").Text("error.message"));
        talk.End();
    }

    [Fact]
    public void Truncate_BehindTheEnd_IsRefused()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = ["Yes."]).Write("Hello.").Respond();
        var item = talk.WaitUntil("response.done").Text("response.output.0.id");

        talk.Say($$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":301}""");

        Assert.Equal("Audio content of 300 ms is already shorter than 301 ms.", talk.Only("error").Text("error.message"));
        talk.End();
    }

    [Fact]
    public void Retrieve_SpokenItem_HasTranscriptAndAudio()
    {
        var talk = new RealtimeTalk().Update("""{"audio":{"input":{"transcription":{"model":"whisper-1"}}}}""").Hush(200).Speak(1_000);
        var item = talk.HushUntil("conversation.item.input_audio_transcription.completed").Text("item_id");

        talk.Say($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");

        var retrieved = talk.Only("conversation.item.retrieved").At("item");
        Assert.Equal(("user", "input_audio", "hello there my friend"), (retrieved.Text("role"), retrieved.Text("content.0.type"), retrieved.Text("content.0.transcript")));
        // The 200 ms before it belong to it.
        Assert.InRange(retrieved.At("content.0.audio").GetBytesFromBase64().Length, 1_160 * 48, 1_260 * 48);
        talk.End();
    }

    [Fact]
    public void Delete_Item_LeavesItOutOfThePrompt()
    {
        var talk = new RealtimeTalk().Write("One.", "a").Write("Two.", "b").Say("""{"type":"conversation.item.delete","item_id":"a"}""").Respond();

        talk.WaitUntil("response.done");

        Assert.Equal("a", talk.Only("conversation.item.deleted").Text("item_id"));
        Assert.Equal(["Two."], talk.Engines.Chat.Prompts[0].Skip(1).Select(m => m.Text));
        talk.Say("""{"type":"conversation.item.delete","item_id":"a"}""");
        Assert.Equal("item_not_found", talk.Only("error").Text("error.code"));
        talk.End();
    }

    [Fact]
    public void Create_BehindAnotherItem_StandsThereInThePrompt()
    {
        var talk = new RealtimeTalk().Write("Three.", "c")
            .Say("""{"type":"conversation.item.create","previous_item_id":"root","item":{"id":"a","type":"message","role":"system","content":[{"type":"input_text","text":"One."}]}}""")
            .Say("""{"type":"conversation.item.create","previous_item_id":"a","item":{"id":"b","type":"message","role":"assistant","content":[{"type":"output_text","text":"Two."}]}}""")
            .Respond();

        talk.WaitUntil("response.done");

        Assert.Equal(["One.", "Two.", "Three."], talk.Engines.Chat.Prompts[0].Skip(1).Select(m => m.Text));
        Assert.Equal(JsonValueKind.Null, talk.Of("conversation.item.added")[1].At("previous_item_id").ValueKind);
        Assert.Equal("a", talk.Of("conversation.item.added")[2].Text("previous_item_id"));
        talk.End();
    }

    [Theory]
    [InlineData("""{"type":"message","content":[{"type":"input_text","text":"x"}]}""", "item.role")]
    [InlineData("""{"type":"message","role":"user","content":[]}""", "item.content")]
    [InlineData("""{"type":"message","role":"user","content":[{"type":"output_text","text":"x"}]}""", "item.content")]
    [InlineData("""{"type":"message","role":"user","content":[{"type":"input_image","image_url":"x"}]}""", "item.content[0]")]
    [InlineData("""{"type":"message","role":"nobody","content":[{"type":"input_text","text":"x"}]}""", "item.role")]
    [InlineData("""{"type":"function_call_output","output":"x"}""", "item.call_id")]
    [InlineData("""{"type":"item_reference","id":"x"}""", "item.type")]
    [InlineData("null", "item")]
    public void Create_BadItem_IsRefusedByItsPath(string item, string param)
    {
        var talk = new RealtimeTalk().Say($$"""{"type":"conversation.item.create","event_id":"e1","item":{{item}}}""");

        var error = talk.Only("error").At("error");
        Assert.StartsWith(param, error.Text("param"), StringComparison.Ordinal);
        Assert.Equal(("invalid_request_error", "e1"), (error.Text("type"), error.Text("event_id")));
        Assert.Empty(talk.Of("conversation.item.added"));
        talk.End();
    }
}
