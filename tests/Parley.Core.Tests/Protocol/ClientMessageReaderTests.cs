using System.Text;
using System.Text.Json;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Protocol;

public sealed class ClientMessageReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"ping\"")]
    [InlineData("42")]
    [InlineData("{")]
    [InlineData("{\"type\":\"ping\"")]
    [InlineData("{\"type\":\"ping\"}}")]
    [InlineData("{\"type\":\"ping\"} {\"type\":\"ping\"}")]
    [InlineData("{\"type\":\"ping\",}")]
    [InlineData("{'type':'ping'}")]
    [InlineData("{\"type\":\"ping\"} // hello")]
    [InlineData("{\"type\":\"ping\",\"t\":NaN}")]
    [InlineData("{\"type\":\"ping\",\"t\":01}")]
    [InlineData("{\"type\":\"ping\",\"u\":\"\\q\"}")]
    [InlineData("{\"type\":\"ping\",\"u\":\"a\nb\"}")]
    [InlineData("\u0000")]
    public void Read_NoJsonObject_IsBadJson(string text) => Assert.Equal(ErrorCodes.BadJson, Refuse(text).Code);

    [Theory]
    [InlineData("{\"type\":\"pong\"}")]
    [InlineData("{\"type\":\"\"}")]
    [InlineData("{\"type\":\"Ping\"}")]
    [InlineData("{\"type\":\"ping \"}")]
    [InlineData("{\"type\":\"session_start\"}")]
    public void Read_TypeThatIsNot_IsUnknownType(string text) => Assert.Equal(ErrorCodes.UnknownType, Refuse(text).Code);

    [Fact]
    public void Read_LongUnknownType_IsNotEchoedWhole() =>
        Assert.InRange(Refuse($"{{\"type\":\"{new string('x', 100_000)}\"}}").Message.Length, 1, 200);

    [Theory]
    [InlineData("{}", "type")]
    [InlineData("{\"Type\":\"ping\"}", "type")]
    [InlineData("{\"data\":{\"type\":\"ping\"}}", "type")]
    [InlineData("{\"type\":\"session.resume\",\"resume_token\":\"a\",\"last_seq\":1}", "session_id")]
    [InlineData("{\"type\":\"session.resume\",\"session_id\":\"a\",\"last_seq\":1}", "resume_token")]
    [InlineData("{\"type\":\"session.resume\",\"session_id\":\"a\",\"resume_token\":\"a\"}", "last_seq")]
    [InlineData("{\"type\":\"session.update\"}", "config")]
    [InlineData("{\"type\":\"session.update\",\"config\":null}", "config")]
    [InlineData("{\"type\":\"audio_chunk\",\"sample_rate\":16000}", "audio_base64")]
    [InlineData("{\"type\":\"audio_chunk\",\"audio_base64\":\"\"}", "sample_rate")]
    [InlineData("{\"type\":\"text_input\"}", "text")]
    [InlineData("{\"type\":\"text_input\",\"text\":null}", "text")]
    [InlineData("{\"type\":\"playback\",\"played_samples\":1}", "generation_id")]
    [InlineData("{\"type\":\"playback\",\"generation_id\":1}", "played_samples")]
    [InlineData("{\"type\":\"context_update\",\"text\":\"a\"}", "context_id")]
    [InlineData("{\"type\":\"context_update\",\"context_id\":\"a\"}", "text")]
    [InlineData("{\"type\":\"ui_event\"}", "name")]
    [InlineData("{\"type\":\"feedback.ack\",\"action\":\"accepted\"}", "item_id")]
    [InlineData("{\"type\":\"feedback.ack\",\"item_id\":\"a\"}", "action")]
    [InlineData("{\"type\":\"event\"}", "name")]
    [InlineData("{\"type\":\"tool_result\",\"output\":\"\"}", "call_id")]
    [InlineData("{\"type\":\"respond\",\"tools\":[{}]}", "tools[0].name")]
    [InlineData("{\"type\":\"respond\",\"input\":[{\"role\":\"user\"}]}", "input[0].text")]
    [InlineData("{\"type\":\"respond\",\"input\":[null]}", "input[0].role")]
    [InlineData("{\"type\":\"tool_result\",\"call_id\":\"a\"}", "output")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"tools\":[{\"name\":\"a\"},{}]}}", "config.tools[1].name")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"tools\":[null]}}", "config.tools[0].name")]
    public void Read_FieldNotThere_IsMissingFieldAndNamed(string text, string field)
    {
        var refused = Refuse(text);
        Assert.Equal(ErrorCodes.MissingField, refused.Code);
        Assert.Equal($"{field} is missing.", refused.Message);
    }

    [Theory]
    [InlineData("{\"type\":7}", "type")]
    [InlineData("{\"type\":null}", "type")]
    [InlineData("{\"type\":{\"type\":\"ping\"}}", "type")]
    [InlineData("{\"type\":\"ping\",\"t\":\"1\"}", "t")]
    [InlineData("{\"type\":\"ping\",\"t\":true}", "t")]
    [InlineData("{\"type\":\"text_input\",\"text\":5}", "text")]
    [InlineData("{\"type\":\"text_input\",\"text\":[\"a\"]}", "text")]
    [InlineData("{\"type\":\"interrupt\",\"generation_id\":-1}", "generation_id")]
    [InlineData("{\"type\":\"interrupt\",\"generation_id\":4294967296}", "generation_id")]
    [InlineData("{\"type\":\"interrupt\",\"generation_id\":1.5}", "generation_id")]
    [InlineData("{\"type\":\"playback\",\"generation_id\":1,\"played_samples\":9223372036854775808}", "played_samples")]
    [InlineData("{\"type\":\"playback\",\"generation_id\":1,\"played_samples\":1,\"state\":\"dancing\"}", "state")]
    [InlineData("{\"type\":\"playback\",\"generation_id\":1,\"played_samples\":1,\"state\":1}", "state")]
    [InlineData("{\"type\":\"playback\",\"generation_id\":1,\"played_samples\":1,\"state\":null}", "state")]
    [InlineData("{\"type\":\"playback\",\"generation_id\":1,\"played_samples\":1,\"state\":\"1\"}", "state")]
    [InlineData("{\"type\":\"audio_chunk\",\"audio_base64\":\"\",\"sample_rate\":1e99}", "sample_rate")]
    [InlineData("{\"type\":\"audio_chunk\",\"audio_base64\":\"\",\"sample_rate\":16000,\"is_final\":\"yes\"}", "is_final")]
    [InlineData("{\"type\":\"event\",\"name\":\"a\",\"labels\":{\"a\":1}}", "labels.a")]
    [InlineData("{\"type\":\"event\",\"name\":\"a\",\"labels\":[]}", "labels")]
    [InlineData("{\"type\":\"session.start\",\"config\":7}", "config")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"level\":\"Z9\"}}", "config.level")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"turn\":{\"mode\":\"maybe\"}}}", "config.turn.mode")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"turn\":{\"barge_in\":\"yes\"}}}", "config.turn.barge_in")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"turn\":{\"silence_ms\":159}}}", "config.turn.silence_ms")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"turn\":{\"silence_ms\":10001}}}", "config.turn.silence_ms")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"turn\":{\"threshold\":0.01}}}", "config.turn.threshold")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"turn\":{\"threshold\":1e999}}}", "config.turn.threshold")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"turn\":{\"min_interruption_ms\":-1}}}", "config.turn.min_interruption_ms")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"turn\":{\"min_interruption_ms\":5001}}}", "config.turn.min_interruption_ms")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"turn\":{\"min_interruption_words\":0}}}", "config.turn.min_interruption_words")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"audio\":{\"in\":{\"codec\":\"mp3\"}}}}", "config.audio.in.codec")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"audio\":{\"in\":{\"sample_rate\":7999}}}}", "config.audio.in.sample_rate")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"audio\":{\"out\":{\"sample_rate\":48001}}}}", "config.audio.out.sample_rate")]
    [InlineData("{\"type\":\"session.update\",\"config\":{\"audio\":{\"out\":{\"transport\":0}}}}", "config.audio.out.transport")]
    [InlineData("{\"type\":\"ping\",\"t\":1e999}", "t")]
    [InlineData("{\"type\":\"ping\",\"t\":-1e999}", "t")]
    [InlineData("{\"type\":\"event\",\"name\":\"a\",\"value\":1e999}", "value")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"level\":3}}", "config.level")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"level\":\"3\"}}", "config.level")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"tools\":[{\"name\":\"a b\"}]}}", "config.tools[0].name")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"tools\":[{\"name\":\"a\"},{\"name\":\"a\"}]}}", "config.tools[1].name")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"tools\":[{\"name\":\"a\",\"parameters\":[]}]}}", "config.tools[0].parameters")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"tool_choice\":\"maybe\"}}", "config.tool_choice")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"tool_choice\":{\"tool\":\"a\"}}}", "config.tool_choice")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"tool_choice\":7}}", "config.tool_choice")]
    [InlineData("{\"type\":\"session.start\",\"config\":{\"max_output_tokens\":0}}", "config.max_output_tokens")]
    [InlineData("{\"type\":\"session.update\",\"config\":{\"speed\":0.4}}", "config.speed")]
    [InlineData("{\"type\":\"session.update\",\"config\":{\"speed\":1e999}}", "config.speed")]
    [InlineData("{\"type\":\"respond\",\"max_output_tokens\":100001}", "max_output_tokens")]
    [InlineData("{\"type\":\"respond\",\"tool_choice\":\"maybe\"}", "tool_choice")]
    [InlineData("{\"type\":\"respond\",\"input\":[{\"role\":\"tool\",\"text\":\"a\"}]}", "input[0].role")]
    public void Read_WrongField_IsBadFieldWithItsPath(string text, string path)
    {
        var refused = Refuse(text);
        Assert.Equal(ErrorCodes.BadField, refused.Code);
        Assert.StartsWith($"{path} ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text_input", "text", 8_000)]
    [InlineData("session.start", "learner_id", 128)]
    [InlineData("ui_event", "name", 128)]
    [InlineData("event", "name", 128)]
    public void Read_StringBeyondItsBound_IsBadField(string type, string field, int bound)
    {
        Assert.IsType<ClientMessage>(Read($$"""{"type":"{{type}}","{{field}}":"{{new string('a', bound)}}"}"""), exactMatch: false);
        var refused = Refuse($$"""{"type":"{{type}}","{{field}}":"{{new string('a', bound + 1)}}"}""");
        Assert.Equal((ErrorCodes.BadField, $"{field} is longer than {bound} characters."), (refused.Code, refused.Message));
    }

    [Fact]
    public void Read_RespondWithAnIdAndAWrongField_IsRefusedUnderItsId() =>
        Assert.Equal("ask-3", Refuse("""{"type":"respond","request_id":"ask-3","max_output_tokens":0}""").RequestId);

    [Fact]
    public void Read_ContextBeyondItsBound_IsBadField()
    {
        Assert.IsType<ContextUpdate>(Read($$"""{"type":"context_update","context_id":"a","text":"{{new string('a', 200_000)}}"}"""));
        Assert.Equal(ErrorCodes.BadField, Refuse($$"""{"type":"context_update","context_id":"a","text":"{{new string('a', 200_001)}}"}""").Code);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void Read_DeepNesting_NeverOverflows(int depth)
    {
        var text = $$"""{"type":"ui_event","name":"a","data":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        if (depth < 63) { Assert.IsType<UiEvent>(Read(text)); }
        else { Assert.Equal(ErrorCodes.BadJson, Refuse(text).Code); }
    }

    [Theory]
    [InlineData("\"auto\"")]
    [InlineData("\"none\"")]
    [InlineData("\"required\"")]
    [InlineData("{\"name\":\"set_light\"}")]
    public void Read_ToolChoice_IsWrittenTheSame(string choice)
    {
        var read = Assert.IsType<SessionUpdate>(Read($$"""{"type":"session.update","config":{"tool_choice":{{choice}} } }"""));
        Assert.Equal($$"""{"tool_choice":{{choice}}}""", JsonSerializer.Serialize(read.Config, ProtocolJson.Default.SessionConfig));
    }

    [Fact]
    public void Read_FieldTwice_TakesTheLast() =>
        Assert.Equal("b", Assert.IsType<TextInput>(Read("""{"type":"text_input","text":"a","text":"b"}""")).Text);

    [Fact]
    public void Read_TypeTwice_IsRefused() => Assert.Equal(ErrorCodes.BadField, Refuse("""{"type":"ping","t":1,"type":"ping"}""").Code);

    [Fact]
    public void Read_TypeLast_IsFound() => Assert.Equal(3.5, Assert.IsType<Ping>(Read("""{"t":3.5,"type":"ping"}""")).T);

    [Fact]
    public void Read_UnknownFields_AreIgnored() =>
        Assert.Equal("a", Assert.IsType<TextInput>(Read("""{"type":"text_input","text":"a","x":{"type":"b","y":[1,null]}}""")).Text);

    [Fact]
    public void Read_NameWithDollar_IsReserved() => Assert.Equal(ErrorCodes.BadField, Refuse("""{"type":"ping","$id":"1"}""").Code);

    [Fact]
    public void Read_InvalidUtf8_IsBadJson()
    {
        Assert.Equal(ErrorCodes.BadJson, Refuse([.. "{\"type\":\"text_input\",\"text\":\"a"u8, 0xC3, 0x28, .. "\"}"u8]).Code);
        Assert.Equal(ErrorCodes.BadJson, Refuse([.. "{\"type\":\"pi"u8, 0xFF, .. "ng\"}"u8]).Code);
        Assert.Equal(ErrorCodes.BadJson, Refuse([.. "{\"type\":\"ping\",\"u"u8, 0xE2, 0x82, .. "\":1}"u8]).Code);
        Assert.Equal(ErrorCodes.BadJson, Refuse([0xEF, 0xBB, 0xBF, .. "{\"type\":\"ping\"}"u8]).Code);
    }

    [Theory]
    [InlineData("{\"type\":\"text_input\",\"text\":\"\\ud800\"}")]
    [InlineData("{\"type\":\"text_input\",\"text\":\"\\udc00\\ud800\"}")]
    [InlineData("{\"type\":\"ui_event\",\"name\":\"a\",\"data\":{\"by\":\"\\ud800\"}}")]
    [InlineData("{\"type\":\"ping\",\"\\ud800\":1}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    public void Read_LoneSurrogate_IsBadJson(string text) => Assert.Equal(ErrorCodes.BadJson, Refuse(text).Code);

    private static ClientInput Read(string text) => ClientMessageReader.Read(Encoding.UTF8.GetBytes(text));

    private static InvalidInput Refuse(string text) => Assert.IsType<InvalidInput>(Read(text));

    private static InvalidInput Refuse(byte[] text) => Assert.IsType<InvalidInput>(ClientMessageReader.Read(text));
}
