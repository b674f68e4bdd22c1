using Parley.Testing.Sessions;

namespace Parley.Core.Tests.Transports.Realtime;

/// <summary>What a client says of <c>server_vad</c>, it gets.</summary>
public sealed class DetectionTests
{
    private static RealtimeTalk With(string detection, Action<SimulatedEngines>? engines = null) =>
        new RealtimeTalk(engines).Update("""{"audio":{"input":{"turn_detection":{"type":"server_vad",""" + detection + "}}}}");

    [Theory]
    [InlineData(160)]
    [InlineData(500)]
    [InlineData(1_500)]
    [InlineData(4_000)]
    public void Silence_OfTheSetLength_EndsTheTurn(int silenceMs)
    {
        var talk = With($"\"silence_duration_ms\":{silenceMs}").Hush(200).Speak(1_000);

        talk.Hush(silenceMs - 20);
        Assert.Empty(talk.Of("input_audio_buffer.speech_stopped"));
        talk.Hush(40);

        Assert.InRange(talk.Only("input_audio_buffer.speech_stopped").Number("audio_end_ms"), 1_160, 1_240);
        talk.End();
    }

    [Fact]
    public void Silence_ShorterThanSet_IsAPause()
    {
        var talk = With("\"silence_duration_ms\":1000").Hush(200).Speak(600).Hush(900).Speak(600);

        talk.HushUntil("response.done");

        Assert.Single(talk.Of("input_audio_buffer.committed"));
        talk.End();
    }

    [Fact]
    public void Silence_SetAndThenTakenBack_IsTheListenersOwn()
    {
        var talk = With("\"silence_duration_ms\":5000").Update("""{"audio":{"input":{"turn_detection":{"type":"semantic_vad","eagerness":"high"}}}}""");

        talk.Hush(200).Speak(600).Hush(400);

        Assert.Single(talk.Of("input_audio_buffer.speech_stopped"));
        talk.End();
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.7, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Threshold_OfTheSession_DecidesWhatIsSpeech(double threshold, bool isSpeech)
    {
        var talk = With(FormattableString.Invariant($"\"threshold\":{threshold}"), e => e.Vad.Certainty = 0.6f).Hush(200).Speak(1_000);

        Assert.Equal(isSpeech ? 1 : 0, talk.Of("input_audio_buffer.speech_started").Count);
        talk.End();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(3_000)]
    public void Padding_BeforeTheSpeech_IsPartOfIt(int paddingMs)
    {
        var talk = With($"\"prefix_padding_ms\":{paddingMs}").Hush(4_000).Speak(1_000);
        var item = talk.HushUntil("input_audio_buffer.committed").Text("item_id");

        talk.Say($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");

        var (start, end) = (talk.Only("input_audio_buffer.speech_started").Number("audio_start_ms"), talk.Only("input_audio_buffer.speech_stopped").Number("audio_end_ms"));
        Assert.InRange(start, 3_960 - paddingMs, 4_040 - paddingMs);
        Assert.Equal((end - start) * 48, talk.Only("conversation.item.retrieved").At("item.content.0.audio").GetBytesFromBase64().Length);
        talk.End();
    }
}
