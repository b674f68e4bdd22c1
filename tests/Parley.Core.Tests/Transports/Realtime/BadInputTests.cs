using System.Diagnostics.Metrics;
using Parley.Testing.Sessions;
using Parley.Transports.Lines;

namespace Parley.Core.Tests.Transports.Realtime;

/// <summary>Whatever a client says, it is told what is wrong, by its event's id, and the conversation goes on.</summary>
public sealed class BadInputTests
{
    /// <summary>Event, code and param; each event gets an id. In the conversation there is one item, of the user, by the name of item_text.</summary>
    private static readonly (string Event, string Code, string? Param)[] s_mistakes =
    [
        ("""{"type":"no.such_event"}""", "invalid_value", "type"),
        ("""{"type":"output_audio_buffer.clear"}""", "invalid_value", "type"),
        ("""{"type":"session.start"}""", "invalid_value", "type"),
        ("""{"type":5}""", "missing_required_parameter", "type"),
        ("{}", "missing_required_parameter", "type"),
        ("""{"type":"session.update"}""", "missing_required_parameter", "session"),
        ("""{"type":"session.update","session":[]}""", "invalid_value", "session"),
        ("""{"type":"session.update","session":{"max_output_tokens":1.5}}""", "invalid_value", "session.max_output_tokens"),
        ("""{"type":"session.update","session":{"audio":{"input":{"format":{"type":"audio/pcm","rate":24000.5}}}}}""", "invalid_value", "session.audio.input.format.rate"),
        ("""{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"prefix_padding_ms":0.5}}}}}""", "invalid_value", "session.audio.input.turn_detection.prefix_padding_ms"),
        ("""{"type":"session.update","session":{"tool_choice":{"type":"function","name":"nobody"}}}""", "invalid_value", "session.tool_choice"),
        ("""{"type":"input_audio_buffer.append"}""", "missing_required_parameter", "audio"),
        ("""{"type":"input_audio_buffer.append","audio":null}""", "missing_required_parameter", "audio"),
        ("""{"type":"input_audio_buffer.append","audio":"AAA"}""", "invalid_value", "audio"),
        ("""{"type":"input_audio_buffer.append","audio":"*&^%"}""", "invalid_value", "audio"),
        ("""{"type":"input_audio_buffer.append","audio":[1,2,3]}""", "invalid_value", "audio"),
        ("""{"type":"input_audio_buffer.commit"}""", "input_audio_buffer_commit_empty", null),
        ("""{"type":"conversation.item.create"}""", "missing_required_parameter", "item"),
        ("""{"type":"conversation.item.create","item":{"type":"poem"}}""", "invalid_value", "item"),
        ("""{"type":"conversation.item.create","previous_item_id":"nowhere","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"x"}]}}""", "item_not_found", "previous_item_id"),
        ("""{"type":"conversation.item.create","item":{"id":"item_text","type":"message","role":"user","content":[{"type":"input_text","text":"x"}]}}""", "item_already_exists", "item.id"),
        ("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_audio","audio":"*"}]}}""", "invalid_value", "item.content[0].audio"),
        ("""{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"nobody","output":"x"}}""", "invalid_tool_call_id", "item.call_id"),
        ("""{"type":"conversation.item.retrieve"}""", "missing_required_parameter", "item_id"),
        ("""{"type":"conversation.item.retrieve","item_id":"nowhere"}""", "item_not_found", "item_id"),
        ("""{"type":"conversation.item.delete","item_id":"nowhere"}""", "item_not_found", "item_id"),
        ("""{"type":"conversation.item.truncate","item_id":"nowhere","content_index":0,"audio_end_ms":1}""", "item_not_found", "item_id"),
        ("""{"type":"conversation.item.truncate","item_id":"item_text","content_index":0,"audio_end_ms":1}""", "invalid_value", "item_id"),
        ("""{"type":"conversation.item.truncate","item_id":"item_text","content_index":0.5,"audio_end_ms":1}""", "invalid_value", "content_index"),
        ("""{"type":"conversation.item.truncate","item_id":"item_text","content_index":1,"audio_end_ms":1}""", "invalid_value", "content_index"),
        ("""{"type":"response.create","response":{"output_modalities":["smell"]}}""", "invalid_value", "response.output_modalities[0]"),
        ("""{"type":"response.create","response":{"max_output_tokens":10.5}}""", "invalid_value", "response.max_output_tokens"),
        ("""{"type":"response.create","response":{"tool_choice":{"type":"function","name":"nobody"}}}""", "invalid_value", "response.tool_choice"),
        ("""{"type":"response.create","response":{"input":[{"type":"item_reference","id":"nowhere"}]}}""", "item_not_found", "response.input[0].id"),
        ("""{"type":"response.cancel"}""", "response_cancel_not_active", null),
        ("""{"type":"response.cancel","response_id":"nobody"}""", "response_cancel_not_active", null),
    ];

    [Fact]
    public void Mistakes_OfEveryKind_AreToldByTheirEventAndChangeNothing()
    {
        var talk = new RealtimeTalk().Write("Hello.");
        using var counted = new Counted(talk);

        for (var i = 0; i < s_mistakes.Length; i++)
        {
            var (text, code, param) = s_mistakes[i];
            var before = talk.Events.Count;

            talk.Say(text[..^1] + (text.Length > 2 ? "," : "") + $"\"event_id\":\"e{i}\"}}");

            Assert.Equal(before + 1, talk.Events.Count);
            var error = talk.Events[^1].At("error");
            Assert.Equal(("invalid_request_error", code, $"e{i}", param), (error.Text("type"), error.Text("code"), error.Text("event_id"), error.Has("param") ? error.Text("param") : null));
            Assert.NotEmpty(error.Text("message"));
        }
        Assert.Equal(s_mistakes.CountBy(m => m.Code).OrderBy(c => c.Key), counted.ByCode.OrderBy(c => c.Key));
        AssertGoesOn(talk);
    }

    [Fact]
    public void Frames_ThatAreNoEvents_AreToldAndTheSessionGoesOn()
    {
        var talk = new RealtimeTalk();

        talk.Line.Say("not JSON");
        talk.Line.Say("""["type"]""");
        talk.Line.Say((ReadOnlyMemory<byte>)new byte[] { 0xFF, 0xFE });
        talk.Line.Say(new Frame(new byte[] { (byte)'"', 0xFF, (byte)'"' }, IsText: true));
        talk.Line.Say(new Frame(default, IsText: true, IsTooLarge: true));
        talk.Scheduler.RunUntilIdle();

        Assert.Equal(["invalid_json", "invalid_json", "invalid_json", "invalid_json", "event_too_large"], talk.Of("error").Select(e => e.Text("error.code")));
        AssertGoesOn(talk);
    }

    [Fact]
    public void Requests_ThatTheSessionRefuses_NeverEndIt()
    {
        var talk = new RealtimeTalk(e => e.Chat.FirstTokenLatency = TimeSpan.FromSeconds(2));

        // Four at a time are made beside the conversation.
        for (var i = 0; i < 40; i++) { talk.Respond("""{"conversation":"none","output_modalities":["text"]}"""); }
        talk.Hush(5_000);

        Assert.InRange(talk.Of("error").Count, 30, 40);
        Assert.Equal(talk.Of("response.created").Count, talk.Of("response.done").Count);
        AssertGoesOn(talk);
    }

    [Fact]
    public void Append_BeyondTheBuffer_IsRefusedAndWhatWaitsStays()
    {
        var talk = new RealtimeTalk().Update("""{"audio":{"input":{"turn_detection":null,"transcription":{"model":"whisper-1"}}}}""");

        talk.Append(new byte[15 * 1024 * 1024]).Append(new byte[2]);
        Assert.Equal("input_audio_buffer_full", talk.Only("error").Text("error.code"));
        talk.Say("""{"type":"input_audio_buffer.commit"}""");

        talk.WaitUntil("conversation.item.input_audio_transcription.completed");
        Assert.False(talk.HasEnded);
        talk.End();
    }

    [Fact]
    public void Append_FifteenMebibytesWhileTurnsAreDetected_IsHeard()
    {
        var talk = new RealtimeTalk();

        talk.Append([.. new byte[15 * 1024 * 1024 - 48_000 * 2], .. RealtimeTalk.Spoken(1_000), .. new byte[48_000]]);
        talk.WaitUntil("response.done");

        Assert.Empty(talk.Of("error"));
        talk.End();
    }

    [Fact]
    public void Audio_BeforeTheFirstUpdate_IsPartOfTheTurn()
    {
        var talk = new RealtimeTalk().Hush(200).Speak(600).Update("""{"audio":{"input":{"transcription":{"model":"whisper-1"}}}}""").Speak(600);

        Assert.NotEmpty(talk.HushUntil("conversation.item.input_audio_transcription.completed").Text("transcript"));

        Assert.InRange(talk.Only("input_audio_buffer.speech_stopped").Number("audio_end_ms"), 1_360, 1_440);
        Assert.Empty(talk.Of("error"));
        talk.End();
    }

    [Fact]
    public void Response_WhileOneIsActive_IsRefusedAndTheOtherGoesOn()
    {
        var talk = new RealtimeTalk(e => e.Chat.Texts = ["One two three four five six."]).Write("Hello.").Respond();
        talk.WaitUntil("response.output_audio.delta");

        for (var i = 0; i < 30; i++) { talk.Respond(); }

        Assert.Equal(30, talk.Of("error").Count(e => e.Text("error.code") == "conversation_already_has_active_response" && e.Text("error.event_id") == "e_respond"));
        Assert.Equal("completed", talk.WaitUntil("response.done").Text("response.status"));
        AssertGoesOn(talk);
    }

    /// <summary>A spoken turn succeeds.</summary>
    private static void AssertGoesOn(RealtimeTalk talk)
    {
        var before = talk.Of("response.done").Count;
        talk.Hush(500).Speak(1_000);
        talk.HushUntil("response.done", e => talk.Of("response.done").Count > before);

        Assert.Equal("completed", talk.Of("response.done")[^1].Text("response.status"));
        Assert.Null(talk.Line.Closed);
        talk.End();
    }

    private sealed class Counted : IDisposable
    {
        private readonly MeterListener _listener = new();

        public Counted(RealtimeTalk talk)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == talk.Metrics.Meter && instrument.Name == "parley.errors") { listener.EnableMeasurementEvents(instrument); }
            };
            _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                foreach (var tag in tags) { if (tag.Key == "code") { ByCode[(string)tag.Value!] = ByCode.GetValueOrDefault((string)tag.Value!) + (int)value; } }
            });
            _listener.Start();
        }

        public Dictionary<string, int> ByCode { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
