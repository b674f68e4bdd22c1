using System.Text.Json;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;

namespace Parley.Core.Tests.Transports.Realtime;

/// <summary>A spoken turn as a client of the Realtime API hears it, and an interruption.</summary>
public sealed class SpokenTurnTests
{
    private const string Heard = "hello there my friend", Answer = "Nice to meet you.", LongAnswer = "One two three four five six seven eight nine ten eleven twelve.";

    private const string Transcribed = """{"type":"realtime","audio":{"input":{"transcription":{"model":"whisper-1"}}}}""";

    [Fact]
    public void Line_Opens_SessionIsToldAtOnce()
    {
        var talk = new RealtimeTalk();

        var session = talk.Only("session.created").At("session");

        Assert.Equal(("sess_1", "gpt-realtime", "realtime"), (session.Text("id"), session.Text("model"), session.Text("type")));
        Assert.Equal(24_000, session.Number("audio.input.format.rate"));
        Assert.True(session.At("audio.input.turn_detection.interrupt_response").GetBoolean());
        talk.End();
    }

    [Fact]
    public void Turn_Spoken_EventsComeInTheirOrder()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [Answer]).Update(Transcribed).Hush(200).Speak(1_200);

        talk.HushUntil("response.done");

        Assert.Equal(
        [
            "session.created", "session.updated",
            "input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped", "input_audio_buffer.committed",
            "conversation.item.added", "conversation.item.done",
            "conversation.item.input_audio_transcription.delta", "conversation.item.input_audio_transcription.completed",
            "response.created", "response.output_item.added", "conversation.item.added", "response.content_part.added",
            "response.output_audio_transcript.delta", "response.output_audio.delta",
            "response.output_audio.done", "response.output_audio_transcript.done", "response.content_part.done",
            "conversation.item.done", "response.output_item.done", "response.done",
        ], talk.Types);
        talk.End();
    }

    [Fact]
    public void Turn_Spoken_NamesOneItemThroughout()
    {
        var talk = new RealtimeTalk().Update(Transcribed).Hush(200).Speak(1_200);

        talk.HushUntil("response.created");

        var item = talk.Only("input_audio_buffer.speech_started").Text("item_id");
        Assert.All(
            new[] { "input_audio_buffer.speech_stopped", "input_audio_buffer.committed", "conversation.item.input_audio_transcription.completed" },
            type => Assert.Equal(item, talk.Only(type).Text("item_id")));
        var added = talk.Of("conversation.item.added")[0];
        Assert.Equal(item, added.Text("item.id"));
        Assert.Equal(JsonValueKind.Null, added.At("previous_item_id").ValueKind);
        Assert.Equal(JsonValueKind.Null, added.At("item.content.0.transcript").ValueKind);
        // 200 ms of silence, less the padding.
        Assert.Equal(0, talk.Only("input_audio_buffer.speech_started").Number("audio_start_ms"));
        Assert.InRange(talk.Only("input_audio_buffer.speech_stopped").Number("audio_end_ms"), 1_360, 1_440);
        var completed = talk.Only("conversation.item.input_audio_transcription.completed");
        Assert.Equal((Heard, "duration", 2), (completed.Text("transcript"), completed.Text("usage.type"), completed.Number("usage.seconds")));
        talk.End();
    }

    [Fact]
    public void Turn_Spoken_AnswerHasItsAudioAndItsWords()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [Answer]).Hush(200).Speak(1_200);

        var done = talk.HushUntil("response.done");

        var response = done.At("response");
        Assert.Equal(("completed", "realtime.response"), (response.Text("status"), response.Text("object")));
        Assert.Equal(JsonValueKind.Null, response.At("usage").ValueKind);
        Assert.Equal(Answer, response.Text("output.0.content.0.transcript"));
        Assert.Equal(Answer, string.Concat(talk.Of("response.output_audio_transcript.delta").Select(e => e.Text("delta"))));
        var audio = talk.Of("response.output_audio.delta").SelectMany(e => e.At("delta").GetBytesFromBase64()).Count();
        Assert.Equal(4 * SimulatedSynthesizer.WordSamples * 24_000 / 16_000 * 2, audio);
        Assert.All(talk.Of("response.output_audio.delta"), e => Assert.Equal(response.Text("id"), e.Text("response_id")));
        talk.End();
    }

    [Fact]
    public void Turn_TranscriptionIsOff_ToldAsNone()
    {
        var talk = new RealtimeTalk().Hush(200).Speak(1_200);

        talk.HushUntil("response.done");

        Assert.DoesNotContain(talk.Types, t => t.Contains("transcription", StringComparison.Ordinal));
        talk.End();
    }

    [Fact]
    public void Turn_NothingUnderstood_IsTranscribedAsNothingAndNotAnswered()
    {
        var talk = new RealtimeTalk(e => e.Asr.Texts = [""]).Update(Transcribed).Hush(200).Speak(1_200);

        var completed = talk.HushUntil("conversation.item.input_audio_transcription.completed");
        talk.Hush(1_000);

        Assert.Equal("", completed.Text("transcript"));
        Assert.Empty(talk.Of("response.created"));
        talk.End();
    }

    [Fact]
    public void Turn_RecogniserFails_IsToldOfTheItem()
    {
        var talk = new RealtimeTalk(e => e.Asr.Fails = true).Update(Transcribed).Hush(200).Speak(1_200);

        var failed = talk.HushUntil("conversation.item.input_audio_transcription.failed");

        Assert.Equal("transcription_failed", failed.Text("error.code"));
        Assert.False(failed.Has("error.param"));
        Assert.Empty(talk.Of("error"));
        talk.End();
    }

    [Fact]
    public void Interruption_Certain_EndsTheResponseAfterSpeechStarted()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [LongAnswer, Answer]).Hush(200).Speak(1_200);
        talk.HushUntil("response.output_audio.delta");
        talk.Hush(1_000);
        var before = talk.Events.Count;

        talk.Speak(1_200);
        talk.HushUntil("response.done", e => e.Text("response.status") == "completed");

        var after = talk.Events.Skip(before).Select(e => e.Text("type")).SkipWhile(t => t == "response.output_audio.delta").ToList();
        Assert.Equal(
        [
            "input_audio_buffer.speech_started", "response.output_audio.done", "response.output_audio_transcript.done", "response.content_part.done",
            "conversation.item.done", "response.output_item.done", "response.done",
        ], after.Take(7));
        var cancelled = talk.Of("response.done")[0].At("response");
        Assert.Equal(("cancelled", "turn_detected", "incomplete"), (cancelled.Text("status"), cancelled.Text("status_details.reason"), cancelled.Text("output.0.status")));
        AssertNothingAfterDone(talk);
        talk.End();
    }

    [Fact]
    public void Interruption_WasACough_TellsNothing()
    {
        var talk = new RealtimeTalk(e => { e.Chat.Texts = [LongAnswer]; e.Asr.Texts = [Heard, ""]; }).Hush(200).Speak(1_200);
        talk.HushUntil("response.output_audio.delta");
        talk.Hush(600).Speak(60);

        var done = talk.HushUntil("response.done");

        Assert.Equal("completed", done.Text("response.status"));
        Assert.Single(talk.Of("input_audio_buffer.speech_started"));
        talk.End();
    }

    [Fact]
    public void Interruption_AfterTheResponseIsDone_IsToldAsSpeech()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [LongAnswer, Answer]).Hush(200).Speak(1_200);
        talk.HushUntil("response.done");

        talk.Speak(1_200);
        talk.HushUntil("response.done", e => e.Text("response.id") != talk.Of("response.done")[0].Text("response.id"));

        Assert.Equal(2, talk.Of("input_audio_buffer.speech_started").Count);
        Assert.All(talk.Of("response.done"), e => Assert.Equal("completed", e.Text("response.status")));
        talk.End();
    }

    [Fact]
    public void Audio_FasterThanRealTimeInOddPieces_IsHeardWhole()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [Answer]).Update(Transcribed);
        byte[] audio = [.. new byte[9_600], .. RealtimeTalk.Spoken(6_000), .. new byte[48_000]];

        foreach (var piece in audio.Chunk(4_821)) { talk.Append(piece); }
        talk.WaitUntil("response.done");

        Assert.Equal(Heard, talk.Only("conversation.item.input_audio_transcription.completed").Text("transcript"));
        Assert.InRange(talk.Only("input_audio_buffer.speech_stopped").Number("audio_end_ms"), 6_160, 6_240);
        Assert.Empty(talk.Of("error"));
        talk.End();
    }

    [Theory]
    [InlineData("audio/pcmu")]
    [InlineData("audio/pcma")]
    public void Turn_InACodeOfTelephony_GoesBothWays(string type)
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = [Answer])
            .Update("""{"audio":{"input":{"format":{"type":"CODE"},"turn_detection":null},"output":{"format":{"type":"CODE"}}}}""".Replace("CODE", type, StringComparison.Ordinal));
        talk.Append([.. Enumerable.Repeat(Enumerable.Range(0, 256).Select(b => (byte)b), 40).SelectMany(b => b)]);

        talk.Say("""{"type":"input_audio_buffer.commit"}""").Respond();
        talk.WaitUntil("response.done");

        Assert.Equal(type, talk.Only("response.done").Text("response.audio.output.format.type"));
        var audio = talk.Of("response.output_audio.delta").SelectMany(e => e.At("delta").GetBytesFromBase64()).Count();
        Assert.InRange(audio, 9_595, 9_605); // 1.2 s
        talk.End();
    }

    internal static void AssertNothingAfterDone(RealtimeTalk talk)
    {
        var done = new HashSet<string>();
        foreach (var e in talk.Events)
        {
            if (e.Has("response_id")) { Assert.DoesNotContain(e.Text("response_id"), done); }
            if (e.Text("type") == "response.done") { Assert.True(done.Add(e.Text("response.id")), "a response is done twice"); }
        }
        Assert.Equal(talk.Of("response.created").Select(e => e.Text("response.id")).Order(), done.Order());
    }
}
