using Parley.Testing.Sessions;

namespace Parley.Core.Tests.Transports.Realtime;

/// <summary><c>input_audio_buffer.clear</c> while speech is detected.</summary>
public sealed class ClearTests
{
    private const string LongAnswer = "One two three four five six seven eight nine ten eleven twelve.";

    private const string Clear = """{"type":"input_audio_buffer.clear"}""";

    private static RealtimeTalk Talk(string detection = "{}", params string[] answers) =>
        new RealtimeTalk(e => e.Chat.Texts = answers.Length == 0 ? ["Yes."] : answers)
            .Update("""{"audio":{"input":{"transcription":{"model":"whisper-1"},"turn_detection":""" + detection + "}}}").Hush(200);

    [Fact]
    public void Clear_WhileTheUserSpeaks_NothingComesOfIt()
    {
        var talk = Talk().Speak(800);

        talk.Say(Clear).Hush(5_000);

        Assert.Equal(
            ["session.created", "session.updated", "input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped", "input_audio_buffer.cleared"],
            talk.Types);
        Assert.Equal(talk.Only("input_audio_buffer.speech_started").Text("item_id"), talk.Only("input_audio_buffer.speech_stopped").Text("item_id"));
        Assert.InRange(talk.Only("input_audio_buffer.speech_stopped").Number("audio_end_ms"), 960, 1_000);
        Assert.Empty(talk.Engines.Chat.Prompts);
        talk.End();
    }

    [Fact]
    public void Clear_UserSpeaksOn_IsATurnOfItsOwn()
    {
        var talk = Talk().Speak(800).Say(Clear).Speak(1_000);

        var item = talk.HushUntil("input_audio_buffer.committed").Text("item_id");
        talk.HushUntil("response.done");

        Assert.Equal(item, talk.Of("input_audio_buffer.speech_started")[1].Text("item_id"));
        Assert.InRange(talk.Of("input_audio_buffer.speech_started")[1].Number("audio_start_ms"), 960, 1_000);
        talk.Say($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");
        Assert.InRange(talk.Only("conversation.item.retrieved").At("item.content.0.audio").GetBytesFromBase64().Length, 960 * 48, 1_040 * 48);
        talk.End();
    }

    [Fact]
    public void Clear_TurnIsOver_LeavesIt()
    {
        var talk = new RealtimeTalk(e => e.Asr.FinalLatency = TimeSpan.FromMilliseconds(400)).Hush(200).Speak(800);
        talk.HushUntil("input_audio_buffer.committed");

        talk.Say(Clear);
        talk.HushUntil("response.done");

        Assert.Single(talk.Of("input_audio_buffer.cleared"));
        talk.End();
    }

    [Fact]
    public void Clear_AnAnswerWaitsForTheTurn_IsGivenWithoutIt()
    {
        var talk = Talk("""{"type":"server_vad","create_response":false}""").Write("Are you there?").Speak(800).Respond();
        Assert.Empty(talk.Of("response.created"));

        talk.Say(Clear);
        talk.HushUntil("response.done");

        Assert.Equal("Are you there?", talk.Engines.Chat.Prompts[0][^1].Text);
        talk.End();
    }

    [Fact]
    public void Clear_SpeechMayInterrupt_TheAnswerGoesOn()
    {
        var talk = Talk(answers: [LongAnswer]).Speak(800);
        talk.HushUntil("response.output_audio.delta");
        talk.Hush(600).Speak(60).Say(Clear);

        var done = talk.HushUntil("response.done");

        Assert.Equal("completed", done.Text("response.status"));
        Assert.Single(talk.Of("input_audio_buffer.speech_started"));
        talk.End();
    }

    [Fact]
    public void Clear_SpeechBesideAnAnswer_LeavesTheAnswer()
    {
        var talk = Talk("""{"type":"server_vad","interrupt_response":false}""", LongAnswer).Speak(800);
        talk.HushUntil("response.output_audio.delta");
        talk.Hush(400).Speak(800).Say(Clear);

        var done = talk.HushUntil("response.done");
        talk.Hush(3_000);

        Assert.Equal("completed", done.Text("response.status"));
        Assert.Equal(2, talk.Of("input_audio_buffer.speech_stopped").Count);
        Assert.Single(talk.Of("input_audio_buffer.committed"));
        Assert.Single(talk.Of("response.created"));
        talk.End();
    }

    [Fact]
    public void Clear_BeforeAnything_IsAnswered()
    {
        var talk = new RealtimeTalk().Say(Clear);

        Assert.Single(talk.Of("input_audio_buffer.cleared"));
        talk.End();
    }
}
