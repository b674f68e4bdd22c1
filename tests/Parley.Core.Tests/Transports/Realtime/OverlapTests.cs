using Parley.Testing.Sessions;

namespace Parley.Core.Tests.Transports.Realtime;

/// <summary>Speech that does not interrupt: <c>interrupt_response</c> is false.</summary>
public sealed class OverlapTests
{
    private const string LongAnswer = "One two three four five six seven eight nine ten eleven twelve.", Answer = "Nice to meet you.";

    private static RealtimeTalk SpeakInto(string answer, string first = "tell me a story", string second = "make it a short one", bool createsResponse = true)
    {
        var talk = new RealtimeTalk(e => { e.Chat.Texts = [answer, Answer]; e.Asr.Texts = [first, second]; }).Update("""
            {"audio":{"input":{"transcription":{"model":"whisper-1"},"turn_detection":{"type":"server_vad","interrupt_response":false}}}}
            """).Hush(200).Speak(1_200);
        talk.HushUntil("response.output_audio.delta");
        if (!createsResponse) { talk.Update("""{"audio":{"input":{"turn_detection":{"create_response":false}}}}"""); }
        return talk.Hush(400).Speak(800).Hush(800);
    }

    [Fact]
    public void Speech_DuringAnAnswer_IsATurnBesideIt()
    {
        var talk = SpeakInto(LongAnswer);

        Assert.Empty(talk.Of("response.done"));
        var item = talk.Of("input_audio_buffer.speech_started")[1].Text("item_id");
        Assert.Equal(item, talk.Of("input_audio_buffer.speech_stopped")[1].Text("item_id"));
        Assert.Equal(item, talk.Of("input_audio_buffer.committed")[1].Text("item_id"));
        var completed = talk.Of("conversation.item.input_audio_transcription.completed")[1];
        Assert.Equal((item, "make it a short one"), (completed.Text("item_id"), completed.Text("transcript")));
        talk.End();
    }

    [Fact]
    public void Speech_DuringAnAnswer_IsAnsweredAfterIt()
    {
        var talk = SpeakInto(LongAnswer);

        talk.HushUntil("response.done", e => e.Text("response.output.0.content.0.transcript") == Answer);

        Assert.Equal([("completed", LongAnswer), ("completed", Answer)], talk.Of("response.done").Select(e => (e.Text("response.status"), e.Text("response.output.0.content.0.transcript"))));
        Assert.Equal(["tell me a story", LongAnswer, "make it a short one"], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Speech_DuringAnAnswerThatIsAskedForByHand_WaitsForTheClient()
    {
        var talk = SpeakInto(LongAnswer, createsResponse: false);
        talk.HushUntil("response.done");
        talk.Hush(2_000);
        Assert.Single(talk.Of("response.created"));

        talk.Respond();
        talk.WaitUntil("response.done", e => e.Text("response.output.0.content.0.transcript") == Answer);

        Assert.Equal("make it a short one", talk.Engines.Chat.Prompts[1][^1].Text);
        talk.End();
    }

    [Fact]
    public void Speech_BeyondTheEndOfTheAnswer_IsOneTurn()
    {
        var talk = SpeakInto(Answer);

        talk.HushUntil("response.done", _ => talk.Of("response.done").Count == 2);

        Assert.Equal(2, talk.Of("input_audio_buffer.committed").Count);
        Assert.Equal(["tell me a story", Answer, "make it a short one"], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Delete_OfWhatWasSaidIntoAnAnswer_LeavesNothingToAnswer()
    {
        var talk = SpeakInto(LongAnswer);
        var item = talk.Of("input_audio_buffer.committed")[1].Text("item_id");

        talk.Say($$$"""{"type":"conversation.item.create","previous_item_id":"{{{item}}}","item":{"type":"message","role":"system","content":[{"type":"input_text","text":"Be brief."}]}}""")
            .Say($$"""{"type":"conversation.item.delete","item_id":"{{item}}"}""");
        talk.HushUntil("response.done");
        talk.Hush(3_000);

        Assert.Single(talk.Of("response.created"));
        talk.Respond();
        talk.WaitUntil("response.done", _ => talk.Of("response.done").Count == 2);
        Assert.Equal(["tell me a story", "Be brief.", LongAnswer], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Speech_WithoutWordsDuringAnAnswer_IsTranscribedAsNothingAndNotAnswered()
    {
        var talk = SpeakInto(LongAnswer, second: "");

        Assert.Equal("", talk.Of("conversation.item.input_audio_transcription.completed")[1].Text("transcript"));
        talk.HushUntil("response.done");
        talk.Hush(3_000);
        Assert.Single(talk.Of("response.created"));
        talk.End();
    }

    [Fact]
    public void Cancel_OfTheAnswer_AnswersWhatWasSaidIntoIt()
    {
        var talk = SpeakInto(LongAnswer);

        talk.Say("""{"type":"response.cancel"}""");
        talk.HushUntil("response.done", e => e.Text("response.status") == "completed");

        Assert.Equal(["cancelled", "completed"], talk.Of("response.done").Select(e => e.Text("response.status")));
        Assert.Equal("make it a short one", talk.Engines.Chat.Prompts[1][^1].Text);
        talk.End();
    }

    [Fact]
    public void Commit_OfSpeechDuringAnAnswer_LeavesTheAnswer()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [LongAnswer, Answer])
            .Update("""{"audio":{"input":{"turn_detection":{"type":"server_vad","interrupt_response":false}}}}""").Hush(200).Speak(1_200);
        talk.HushUntil("response.output_audio.delta");

        talk.Speak(600).Say("""{"type":"input_audio_buffer.commit"}""");
        Assert.Equal(2, talk.Of("input_audio_buffer.committed").Count);

        Assert.Equal("completed", talk.HushUntil("response.done").Text("response.status"));
        talk.End();
    }
}
