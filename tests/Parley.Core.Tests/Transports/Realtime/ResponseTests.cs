using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Testing.Sessions;

namespace Parley.Core.Tests.Transports.Realtime;

/// <summary>Responses that are made otherwise than the session says.</summary>
public sealed class ResponseTests
{
    private static RealtimeTalk Talk() => new RealtimeTalk(e => e.Chat.Texts = ["Yes.", "No."]).Write("Hello.");

    [Fact]
    public void Response_OwnInstructions_HoldForItAlone()
    {
        var talk = Talk().Update("""{"instructions":"Be brief."}""").Respond("""{"instructions":"You are a pirate."}""");
        talk.WaitUntil("response.done");
        talk.Respond();
        talk.WaitUntil("response.done", e => e.Text("response.output.0.content.0.transcript") == "No.");

        Assert.StartsWith("You are a pirate.", talk.Engines.Chat.Prompts[0][0].Text, StringComparison.Ordinal);
        Assert.StartsWith("Be brief.", talk.Engines.Chat.Prompts[1][0].Text, StringComparison.Ordinal);
        talk.End();
    }

    [Fact]
    public void Response_Content_HasTheKeysOfTheApiAndNoOther()
    {
        var talk = Talk().Respond();

        var answer = talk.WaitUntil("response.done").At("response.output.0.content.0");
        var question = talk.WaitUntil("conversation.item.done").At("item.content.0");

        Assert.Equal(["transcript", "type"], answer.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["text", "type"], question.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        talk.End();
    }

    [Fact]
    public void Response_AsText_IsTextInASessionThatSpeaks()
    {
        var talk = Talk().Respond("""{"output_modalities":["text"],"max_output_tokens":50,"metadata":{"topic":"weather"}}""");

        var response = talk.WaitUntil("response.done").At("response");

        Assert.Equal(("output_text", "Yes."), (response.Text("output.0.content.0.type"), response.Text("output.0.content.0.text")));
        Assert.Equal(("weather", 50), (response.Text("metadata.topic"), response.Number("max_output_tokens")));
        Assert.Empty(talk.Of("response.output_audio.delta"));
        talk.End();
    }

    [Fact]
    public void Response_OfSeveralClauses_EachIsCaptionedBeforeItsAudio()
    {
        string[] clauses = ["One two three.", " Four five six seven eight.", " Nine ten eleven twelve thirteen."];
        var talk = new RealtimeTalk(e => e.Chat.Texts = [string.Concat(clauses)]).Write("Count.").Respond();

        talk.WaitUntil("response.done");

        string[] kinds = ["response.output_audio_transcript.delta", "response.output_audio.delta"];
        Assert.Equal(clauses, talk.Of(kinds[0]).Select(e => e.Text("delta")));
        Assert.Equal(Enumerable.Repeat(kinds, clauses.Length).SelectMany(k => k), talk.Types.Where(kinds.Contains));
        talk.End();
    }

    [Fact]
    public void Response_AsText_IsToldAsItIsWritten()
    {
        var talk = new RealtimeTalk(e => { e.Chat.Texts = ["One two three."]; e.Chat.TokenInterval = TimeSpan.FromMilliseconds(500); }).Write("Count.");

        talk.Respond("""{"output_modalities":["text"]}""");
        Assert.Equal(["One"], talk.Of("response.output_text.delta").Select(e => e.Text("delta")));
        talk.WaitUntil("response.done");

        Assert.Equal(["One", " two", " three."], talk.Of("response.output_text.delta").Select(e => e.Text("delta")));
        talk.End();
    }

    [Fact]
    public void Response_OwnInput_AnswersThatAndWhatItRefersTo()
    {
        var talk = Talk().Respond(
            """{"input":[{"type":"item_reference","id":"item_text"},{"type":"message","role":"user","content":[{"type":"input_text","text":"And you?"}]}]}""");
        talk.Write("Unheard.", "later");

        talk.WaitUntil("response.done");

        Assert.Equal(["Hello.", "And you?"], talk.Engines.Chat.Prompts[0].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Response_OutOfBand_LeavesNoTraceInTheConversation()
    {
        var talk = Talk().Respond("""{"conversation":"none","output_modalities":["text"],"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"What is it about?"}]}]}""");
        var response = talk.WaitUntil("response.done").At("response");
        talk.Respond();
        talk.WaitUntil("response.done", e => e.Text("response.id") != response.Text("id"));

        Assert.Equal("Yes.", response.Text("output.0.content.0.text"));
        Assert.False(response.Has("conversation_id"));
        Assert.Equal(["What is it about?"], talk.Engines.Chat.Prompts[0].Skip(1).Select(m => m.Text));
        Assert.Equal(["Hello."], talk.Engines.Chat.Prompts[1].Skip(1).Select(m => m.Text));
        Assert.Equal(2, talk.Of("conversation.item.added").Count);
        talk.End();
    }

    [Fact]
    public void Response_OutOfBandBesideAnother_BothAreMade()
    {
        const string answer = "One two three four five six.";
        var talk = new RealtimeTalk(e => e.Chat.Texts = [answer, "No."]).Write("Hello.").Respond();
        talk.WaitUntil("response.output_audio.delta");

        talk.Respond("""{"conversation":"none","output_modalities":["text"],"metadata":{"which":"beside"}}""");
        talk.WaitUntil("response.done", e => e.At("response.metadata").ValueKind == JsonValueKind.Null);

        Assert.Equal("No.", talk.Of("response.done")[0].Text("response.output.0.content.0.text"));
        Assert.Equal(answer, talk.Of("response.done")[1].Text("response.output.0.content.0.transcript"));
        Assert.Empty(talk.Of("error"));
        SpokenTurnTests.AssertNothingAfterDone(talk);
        talk.End();
    }

    [Fact]
    public void Response_EngineCountsTokens_TellsThem()
    {
        var talk = new RealtimeTalk(e => e.Chat.Usage = new UsageDetails { InputTokenCount = 412, OutputTokenCount = 50, CachedInputTokenCount = 384 }).Write("Hello.").Respond();

        var usage = talk.WaitUntil("response.done").At("response.usage");

        Assert.Equal((462, 412, 50), (usage.Number("total_tokens"), usage.Number("input_tokens"), usage.Number("output_tokens")));
        Assert.Equal("""{"text_tokens":412,"audio_tokens":0,"image_tokens":0,"cached_tokens":384}""", usage.At("input_token_details").GetRawText());
        Assert.Equal("""{"text_tokens":50,"audio_tokens":0}""", usage.At("output_token_details").GetRawText());
        talk.End();
    }

    [Fact]
    public void Response_CancelledWhenItWasWritten_TellsItsTokens()
    {
        var talk = new RealtimeTalk(e => e.Chat.Usage = new UsageDetails { InputTokenCount = 412, OutputTokenCount = 50 }).Write("Hello.").Respond();
        talk.WaitUntil("response.output_audio.delta");

        talk.Say("""{"type":"response.cancel"}""");

        var response = talk.WaitUntil("response.done").At("response");
        Assert.Equal(("cancelled", 462), (response.Text("status"), response.Number("usage.total_tokens")));
        talk.End();
    }

    [Theory]
    [InlineData("length", "max_output_tokens")]
    [InlineData("content_filter", "content_filter")]
    public void Response_ModelStopsInMidAnswer_IsIncomplete(string finish, string reason)
    {
        var talk = new RealtimeTalk(e => { e.Chat.Texts = ["Once upon a"]; e.Chat.Finish = new ChatFinishReason(finish); }).Write("Tell me a story.").Respond();

        var response = talk.WaitUntil("response.done").At("response");

        Assert.Equal(("incomplete", "incomplete", reason), (response.Text("status"), response.Text("status_details.type"), response.Text("status_details.reason")));
        Assert.Equal(("incomplete", "Once upon a"), (response.Text("output.0.status"), response.Text("output.0.content.0.transcript")));
        talk.End();
    }

    [Fact]
    public void Response_WaitsWhileAnotherEventIsRefused_IsStillItself()
    {
        var talk = new RealtimeTalk().Hush(200).Speak(600).Respond("""{"metadata":{"topic":"weather"}}""");

        talk.Update("""{"tool_choice":{"type":"function","name":"dance"}}""");
        var response = talk.HushUntil("response.done").At("response");

        Assert.Equal("weather", response.Text("metadata.topic"));
        Assert.False(talk.Only("error").Has("error.event_id"));
        talk.End();
    }

    [Theory]
    [InlineData("""{"input":[{"type":"item_reference","id":"nowhere"}]}""", "response.input[0].id")]
    [InlineData("""{"output_modalities":["text","audio"]}""", "response.output_modalities")]
    [InlineData("""{"tools":[{"type":"function","name":"a b"}]}""", "response.tools[0].name")]
    [InlineData("""{"max_output_tokens":-1}""", "response.max_output_tokens")]
    [InlineData("""{"conversation":"other"}""", "response.conversation")]
    public void Response_WrongValue_IsRefusedByItsPath(string response, string param)
    {
        var talk = Talk().Respond(response);

        Assert.Equal((param, "e_respond"), (talk.Only("error").Text("error.param"), talk.Only("error").Text("error.event_id")));
        Assert.Empty(talk.Of("response.created"));
        talk.Respond();
        talk.WaitUntil("response.done");
        talk.End();
    }

    [Fact]
    public void Response_EngineHasNoVoice_TranscriptIsToldAllTheSame()
    {
        var talk = new RealtimeTalk(e => { e.Chat.Texts = ["Yes, I am."]; e.Tts.Fails = true; }).Write("Are you there?").Respond();

        var response = talk.WaitUntil("response.done").At("response");

        Assert.Equal(("completed", "Yes, I am."), (response.Text("status"), response.Text("output.0.content.0.transcript")));
        Assert.Equal(JsonValueKind.Null, response.At("status_details").ValueKind);
        Assert.Empty(talk.Of("error"));
        talk.End();
    }
}
