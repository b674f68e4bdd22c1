using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Parley.Core.Tests.Replies.Tools;
using Parley.Replies;
using Parley.Testing.Simulated;
using Parley.Transports.EchoKit;
using Parley.Transports.Lines;

namespace Parley.Core.Tests.Transports.EchoKit;

public sealed class EchoKitTransportTests
{
    private const string Answer = "One two three four five six seven eight. Nine ten eleven twelve thirteen fourteen.";

    [Fact]
    public void Connect_FirstTime_HearsTheHelloInSlices()
    {
        var hello = new byte[5_000];
        new Random(1).NextBytes(hello);
        var talk = new EchoKitConversation { Session = new EchoKitSession { Hello = hello } }.Connect(EchoKitConversation.Streaming);

        Assert.Equal(["HelloStart", "HelloChunk", "HelloChunk", "HelloChunk", "HelloEnd"], talk.Events.Select(e => e.Name));
        Assert.Equal([2_048, 2_048, 904], talk.Events.Skip(1).SkipLast(1).Select(e => e.Data.Length));
        Assert.Equal(hello, talk.Events.Skip(1).SkipLast(1).SelectMany(e => e.Data));
        talk.End();
    }

    [Fact]
    public void Connect_Again_HearsNone()
    {
        var talk = new EchoKitConversation { Session = new EchoKitSession { Hello = new byte[100] } };

        talk.Connect(EchoKitConversation.Streaming with { GoesOn = true });

        Assert.Empty(talk.Events);
        talk.End();
    }

    [Fact]
    public void Turn_Streamed_IsHeardUnderstoodAndAnsweredSentenceBySentence()
    {
        var talk = new EchoKitConversation(e => e.Chat.Texts = [Answer]).Connect(EchoKitConversation.Streaming);

        talk.StartChat().Speak(1_200).Hush(600).Until("EndResponse");

        Assert.Equal(
            ["HelloStart", "HelloEnd", "ASR", "EndVad", "ASR", "StartAudio", "AudioChunk", "EndAudio", "StartAudio", "AudioChunk", "EndAudio", "EndResponse"],
            talk.Story);
        Assert.Equal("hello there my friend", talk.Events.Last(e => e.Name == "ASR").Text);
        Assert.Equal(
            ["One two three four five six seven eight.", "Nine ten eleven twelve thirteen fourteen."],
            talk.Events.Where(e => e.Name == "StartAudio").Select(e => e.Text));
        talk.End();
    }

    [Fact]
    public void Answer_AsPcm_IsWholeInMessagesOf120Milliseconds()
    {
        var talk = new EchoKitConversation(e => e.Chat.Texts = [Answer]).Connect(EchoKitConversation.Streaming);

        talk.Say("""{"event":"Text","input":"count"}""").Until("EndResponse");

        var chunks = talk.Events.Where(e => e.Name == "AudioChunk").Select(e => e.Data.Length / 2).ToList();
        Assert.Equal(14 * SimulatedSynthesizer.WordSamples, chunks.Sum());
        Assert.All(chunks, c => Assert.InRange(c, 1, 1_920));
        talk.End();
    }

    [Fact]
    public void Answer_AsOpus_IsFilledUpAtTheEndOfEachSentence()
    {
        var talk = new EchoKitConversation(e => e.Chat.Texts = ["One two three four five six seven. Eight nine ten eleven twelve thirteen fourteen."])
            .Connect(new EchoKitRequest(Opus: true, Streams: true));

        talk.Say("""{"event":"Text","input":"count"}""").Until("EndResponse");

        var frames = talk.Events.Where(e => e.Name == "AudioChunk").Select(e => SimulatedOpus.Decode(e.Data)).ToList();
        Assert.All(frames, f => Assert.Equal(1_920, f.Length));
        // Seven words are seventeen and a half frames.
        Assert.Equal(36, frames.Count);
        talk.End();
    }

    [Fact]
    public void Answer_WithVowels_SaysThoseOfTheVoice()
    {
        var talk = new EchoKitConversation(e => e.Chat.Texts = ["One two three four five six seven eight nine."]).Connect(new EchoKitRequest(Opus: true, Vowels: true, Streams: true));

        talk.Say("""{"event":"Text","input":"count"}""").Until("EndResponse");

        var vowels = talk.Events.Where(e => e.Name == "AudioChunkWithVowel").Select(e => (long)e.Fields[1]).ToList();
        // The simulated mouth: half of each word is closed, half is aa s ih t ow k eh f uw.
        Assert.Equal([1, 3, 4, 2, 5], vowels.Where(v => v != 0).Aggregate(new List<long>(), (seen, v) => seen is [.., var last] && last == v ? seen : [.. seen, v]));
        talk.End();
    }

    [Fact]
    public void Turn_Submitted_EndsNotBefore()
    {
        var talk = new EchoKitConversation(e => e.Chat.Texts = ["Fine."]).Connect(new EchoKitRequest());

        talk.StartChat().Wait(5_000).Speak(1_000).Hush(2_000);
        Assert.DoesNotContain(talk.Events, e => e.Name is "ASR" or "StartAudio");
        talk.Submit().Until("EndResponse");

        Assert.Equal(["HelloStart", "HelloEnd", "ASR", "StartAudio", "AudioChunk", "EndAudio", "EndResponse"], talk.Story);
        talk.End();
    }

    [Fact]
    public void Turn_SubmittedWithoutAWord_IsOverAtOnce()
    {
        var talk = new EchoKitConversation(e => e.Asr.Texts = [""]).Connect(new EchoKitRequest());

        talk.StartChat().Submit().Wait(1_000);

        Assert.Equal(["HelloStart", "HelloEnd", "EndResponse"], talk.Story);
        talk.End();
    }

    [Fact]
    public void Turn_SubmittedWhileStreaming_EndsThereAndTheSessionGoesOn()
    {
        var talk = new EchoKitConversation().Connect(EchoKitConversation.Streaming);

        talk.StartChat().Speak(1_024).Submit().Wait(100);
        Assert.Contains("EndVad", talk.Story);
        talk.Until("EndResponse");

        Assert.False(talk.HasEnded);
        talk.End();
    }

    [Fact]
    public void Turn_NothingUnderstood_IsOverWithoutAnAnswer()
    {
        var talk = new EchoKitConversation(e => e.Asr.Texts = [""]).Connect(EchoKitConversation.Streaming);

        talk.StartChat().Speak(600).Hush(1_000).Wait(1_000);

        Assert.Equal(["EndVad", "EndResponse"], talk.Story.Where(n => n.StartsWith("End", StringComparison.Ordinal)));
        Assert.Empty(talk.Engines.Chat.Prompts);
        talk.End();
    }

    [Fact]
    public void Turn_SecondOne_IsHeardAfterTheFirst()
    {
        var talk = new EchoKitConversation(e => e.Asr.Texts = ["hello", "and now"]).Connect(EchoKitConversation.Streaming);

        talk.StartChat().Speak(1_200).Hush(600).Until("EndResponse").Wait(4_000);
        talk.StartChat().Speak(1_200).Hush(600).Wait(4_000);

        Assert.Equal(["hello", talk.Engines.Chat.Texts[0], "and now"], talk.Prompt);
        Assert.Equal(2, talk.Events.Count(e => e.Name == "EndResponse"));
        talk.End();
    }

    [Fact]
    public void StartChat_WhileTheDeviceIsSpokenTo_StopsTheReplyWithoutAWord()
    {
        var talk = new EchoKitConversation(e => e.Chat.Texts = [Answer, "Fine."]).Connect(EchoKitConversation.Streaming);
        talk.Say("""{"event":"Text","input":"count"}""").Until("AudioChunk").Wait(960);
        var before = talk.Events.Count;

        talk.StartChat().Wait(3_000);

        Assert.Equal(before, talk.Events.Count);
        talk.Speak(1_200).Hush(600).Until("EndResponse");
        Assert.Equal(["count", "One two three—", "hello there my friend"], talk.Prompt);
        talk.End();
    }

    [Fact]
    public void Reconnect_WhileTheDeviceIsSpokenTo_IsAnInterruptionAtTheWordThatWasHeard()
    {
        var talk = new EchoKitConversation(e => e.Chat.Texts = [Answer, "Fine."]).Connect(EchoKitConversation.Streaming);
        talk.Say("""{"event":"Text","input":"count"}""").Until("AudioChunk").Wait(960);
        var old = talk.Line;

        talk.Connect(EchoKitConversation.Streaming with { GoesOn = true }).StartChat().Speak(1_200).Hush(600).Until("EndResponse");

        Assert.NotNull(old.Closed);
        Assert.Equal(["ASR", "EndVad", "ASR", "StartAudio", "AudioChunk", "EndAudio", "EndResponse"], talk.Story);
        Assert.Equal("Fine.", talk.Events.Single(e => e.Name == "StartAudio").Text);
        Assert.Equal(["count", "One two three—", "hello there my friend"], talk.Prompt);
        talk.End();
    }

    [Fact]
    public void Reconnect_AfterTheLineBroke_TheConversationIsRemembered()
    {
        var talk = new EchoKitConversation(e => e.Chat.Texts = ["Hello.", "Fine."]).Connect(EchoKitConversation.Streaming);
        talk.Say("""{"event":"Text","input":"hi"}""").Until("EndResponse").Wait(1_000);
        talk.Line.Disconnect();
        talk.Wait(60_000);

        talk.Connect(new EchoKitRequest(GoesOn: true)).StartChat().Speak(1_000).Submit().Until("EndResponse");

        Assert.Equal(["hi", "Hello.", "hello there my friend"], talk.Prompt);
        talk.End();
    }

    [Fact]
    public void Reconnect_WithoutSayingSo_BeginsAnewAndClosesTheOldLine()
    {
        var talk = new EchoKitConversation().Connect(EchoKitConversation.Streaming);
        talk.Say("""{"event":"Text","input":"hi"}""").Until("EndResponse").Wait(1_000);
        var old = talk.Line;

        talk.Connect(EchoKitConversation.Streaming).Say("""{"event":"Text","input":"who am I?"}""").Until("EndResponse");

        Assert.NotNull(old.Closed);
        Assert.Equal("HelloStart", talk.Story[0]);
        Assert.Equal(["who am I?"], talk.Prompt);
        talk.End();
    }

    [Fact]
    public void Reconnect_TooLate_BeginsAnew()
    {
        var talk = new EchoKitConversation(window: TimeSpan.FromHours(2)).Connect(EchoKitConversation.Streaming);
        talk.Say("""{"event":"Text","input":"hi"}""").Until("EndResponse").Wait(1_000);
        talk.Line.Disconnect();
        // Longer than sessions can be resumed.
        talk.Wait(60 * 60_000);

        talk.Connect(EchoKitConversation.Streaming with { GoesOn = true }).Say("""{"event":"Text","input":"who am I?"}""").Until("EndResponse");

        Assert.Equal(["who am I?"], talk.Prompt);
        talk.End();
    }

    [Fact]
    public void Reply_WithoutAVoice_IsShown()
    {
        var talk = new EchoKitConversation(e =>
        {
            e.Tts.Fails = true;
            e.Chat.Texts = ["Read this."];
        }).Connect(EchoKitConversation.Streaming);

        talk.Say("""{"event":"Text","input":"hi"}""").Until("EndResponse");

        Assert.Equal(["HelloStart", "HelloEnd", "DisplayText", "EndResponse"], talk.Story);
        Assert.Equal("Read this.", talk.Events.Single(e => e.Name == "DisplayText").Text);
        talk.End();
    }

    [Fact]
    public void Select_OneOfTheChoices_IsAnsweredAsIfItHadBeenSaid()
    {
        var model = new ScriptedChatClient(
            [new TextContent("Coffee or tea?"), new SuggestionsContent([new Suggestion("a1", "Coffee."), new Suggestion("a2", "Tea.")])], [new TextContent("Fine.")]);
        var talk = new EchoKitConversation(e => e.Reply = model).Connect(EchoKitConversation.Streaming);
        talk.Say("""{"event":"Text","input":"hi"}""").Until("EndResponse").Wait(3_000);

        talk.Say("""{"event":"Select","index":1}""").Wait(3_000);

        Assert.Equal(["Coffee.", "Tea."], (IEnumerable<object>)talk.Events.Single(e => e.Name == "Choices").Fields[1]);
        Assert.Equal(["hi", "Coffee or tea?", "Tea."], model.Prompts[^1].Skip(1).Select(m => m.Text));
        talk.End();
    }

    [Fact]
    public void Microphone_OpenWhileTheDeviceIsSpokenTo_InterruptsAsElsewhere()
    {
        var talk = new EchoKitConversation(e => e.Chat.Texts = [Answer, "Fine."]).Connect(EchoKitConversation.Streaming);
        talk.Say("""{"event":"Text","input":"count"}""").Until("AudioChunk").Wait(960);

        talk.Speak(1_536).Hush(1_024).Wait(3_000);

        Assert.Equal(
            ["StartAudio", "EndAudio", "StartAudio", "EndAudio", "EndResponse", "EndVad", "StartAudio", "EndAudio", "EndResponse"],
            talk.Story.Where(n => n is "StartAudio" or "EndAudio" or "EndResponse" or "EndVad"));
        Assert.Contains("—", talk.Prompt.ElementAt(1), StringComparison.Ordinal);
        talk.End();
    }

    [Fact]
    public void Input_Garbage_IsSkippedAndCountedAndTheSessionGoesOn()
    {
        var skipped = new List<string?>();
        var talk = new EchoKitConversation().Connect(EchoKitConversation.Streaming);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) => { if (instrument.Meter == talk.Metrics.Meter && instrument.Name == "parley.device.skipped") { l.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => skipped.Add(tags[1].Value as string));
        listener.Start();

        for (var i = 0; i < 40; i++)
        {
            talk.Say("{").Say("""{"event":"Dance"}""").Say("""{"event":"Select","index":3}""").Say("""{"event":"Text","input":" "}""");
            talk.Line.Say(new byte[] { 1, 2, 3 });
            // What a server says in MessagePack is nothing that a device may say.
            talk.Line.Say(new Frame(Convert.FromHexString("81a341535291a26869"), IsText: true));
            talk.Line.Say(new Frame(default, IsText: false, IsTooLarge: true));
            talk.Wait(10);
        }
        talk.StartChat().Speak(1_200).Hush(600).Until("EndResponse");

        Assert.Equal(200, skipped.Count(s => s == "command"));
        Assert.Equal(40, skipped.Count(s => s == "audio"));
        Assert.Equal(40, skipped.Count(s => s == "frame"));
        talk.End();
    }

    [Fact]
    public void Session_CannotBegin_EndsTheLine()
    {
        var talk = new EchoKitConversation { Session = new EchoKitSession { Config = new() { Voice = "nobody's" } } };

        talk.Connect(EchoKitConversation.Streaming).Wait(3_000);

        Assert.True(talk.HasEnded);
        Assert.NotNull(talk.Line.Closed);
        Assert.Empty(talk.Events);
    }
}
