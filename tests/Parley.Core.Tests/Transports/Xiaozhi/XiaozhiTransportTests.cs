using System.Diagnostics.Metrics;
using System.Text;
using Parley.Replies;
using Parley.Testing.Simulated;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Lines;
using Parley.Transports.Protocol;
using Parley.Transports.Xiaozhi;

namespace Parley.Core.Tests.Transports.Xiaozhi;

/// <summary>Conversations with a device, frame by frame as the firmware sends and expects them.</summary>
public sealed class XiaozhiTransportTests
{
    private const string Answer = "Nice to hear from you. What would you like to talk about today?";

    [Fact]
    public void Hello_IsAnsweredWithSessionAndVoice()
    {
        var device = new DeviceConversation().Hello();

        var hello = Assert.Single(device.Orders);
        Assert.Equal(
            """{"type":"hello","session_id":"id1","audio_params":{"format":"opus","sample_rate":24000,"channels":1,"frame_duration":60},"transport":"websocket"}""",
            hello.GetRawText());
        device.End();
    }

    [Fact]
    public void Auto_SpokenTurn_IsShownAndAnswered()
    {
        var device = new DeviceConversation().Hello().Listen("auto").Hush(300).Speak(1_200).Hush(600);
        device.WaitFor("tts stop");

        Assert.Equal(
            ["hello", "stt hello there my friend", "tts start", "tts sentence_start Nice to hear from you.", "audio",
                "tts sentence_start What would you like to talk about today?", "audio", "tts stop"],
            device.Told);
        Assert.All(device.Orders, o => Assert.Equal("id1", o.GetProperty("session_id").GetString()));
        device.End();
    }

    [Fact]
    public void Auto_Reply_ComesInWholeFramesOf60Ms()
    {
        var device = new DeviceConversation().Hello().Listen("auto").Speak(1_200).Hush(600).WaitFor("tts stop");

        var words = Answer.Split(' ').Length;
        var milliseconds = words * 300;
        Assert.Equal((milliseconds + 59) / 60, device.Voice.Count);
        Assert.All(device.Voice, f => Assert.Equal(1_440, SimulatedOpus.Decode(f.Span).Length));
        device.End();
    }

    [Fact]
    public void Auto_Reply_IsSaidToEndWhenItWasHeard()
    {
        var device = new DeviceConversation().Hello().Listen("auto").Speak(1_200).HushUntil("tts start");
        var begin = device.Scheduler.Clock.Elapsed;
        device.WaitFor("tts stop");

        var (spoken, frame) = (TimeSpan.FromMilliseconds(Answer.Split(' ').Length * 300), XiaozhiSession.Frame);
        Assert.InRange(device.Scheduler.Clock.Elapsed - begin, spoken - frame, spoken + 2 * frame);
        device.End();
    }

    [Fact]
    public void Auto_MicrophoneClosesWhileTheAssistantSpeaks_NextTurnIsHeard()
    {
        var device = new DeviceConversation(e => e.Asr.Texts = ["first", "second"]).Hello();
        device.Listen("auto").Speak(1_200).Hush(600).WaitFor("tts stop");

        device.Listen("auto").Speak(900).Hush(600).WaitFor("tts stop", times: 2);

        Assert.Equal(["stt first", "stt second"], device.Told.Where(t => t.StartsWith("stt", StringComparison.Ordinal)));
        device.End();
    }

    [Fact]
    public void Auto_VoiceInTheLastFramesBeforeTheMicrophoneCloses_HoldsNothing()
    {
        var device = new DeviceConversation().Hello().Listen("auto").Speak(1_200).Hush(600).WaitFor("tts start");
        device.Speak(180);
        device.WaitFor("tts stop");
        device.Listen("auto").Speak(900).Hush(600).WaitFor("tts stop", times: 2);

        Assert.Equal(2, device.Told.Count(t => t.StartsWith("stt", StringComparison.Ordinal)));
        device.End();
    }

    [Fact]
    public void Manual_TurnLastsFromButtonToButton()
    {
        var device = new DeviceConversation().Hello().Listen("manual").Speak(600).Hush(1_500).Speak(600);
        Assert.DoesNotContain(device.Told, t => t.StartsWith("stt", StringComparison.Ordinal));

        device.StopListening().WaitFor("tts stop");

        Assert.Single(device.Told, t => t.StartsWith("stt", StringComparison.Ordinal));
        device.End();
    }

    [Fact]
    public void Manual_ButtonDuringTheReply_StopsIt()
    {
        var device = new DeviceConversation().Hello().Listen("manual").Speak(600).StopListening().WaitFor("tts start").Wait(500);

        device.Abort().Listen("manual").Speak(600).StopListening().WaitFor("tts stop", times: 2);

        Assert.Equal(["tts start", "tts stop", "tts start", "tts stop"], device.Told.Where(t => t is "tts start" or "tts stop"));
        device.End();
    }

    [Fact]
    public void Realtime_UserInterrupts_AssistantStopsAndListens()
    {
        var device = new DeviceConversation().Hello().Listen("realtime").Speak(1_200).Hush(600).WaitFor("tts start").Hush(900);

        device.Speak(900).Hush(600);

        Assert.Equal(["tts start", "tts stop", "tts start"], device.Told.Where(t => t is "tts start" or "tts stop"));
        Assert.Equal(2, device.Engines.Chat.Prompts.Count);
        device.End();
    }

    [Fact]
    public void Realtime_Cough_ReplyGoesOn()
    {
        var device = new DeviceConversation(e => e.Asr.Texts = ["hello there", ""]).Hello().Listen("realtime").Speak(1_200).HushUntil("tts start").Hush(900);

        device.Speak(60).Hush(6_000);

        Assert.Equal(["tts start", "tts stop"], device.Told.Where(t => t is "tts start" or "tts stop"));
        device.End();
    }

    [Fact]
    public void Abort_ReplyEndsAtOnce_AndNothingOfItFollows()
    {
        var device = new DeviceConversation().Hello().Listen("auto").Speak(1_200).Hush(600).WaitFor("tts start").Wait(900);

        device.Abort();

        Assert.Equal("tts stop", device.Told[^1]);
        device.Wait(3_000);
        Assert.Equal("tts stop", device.Told[^1]);
        device.End();
    }

    [Fact]
    public void Abort_NobodySpeaks_ChangesNothing()
    {
        var device = new DeviceConversation().Hello().Listen("auto").Abort().Speak(1_200).Hush(600).WaitFor("tts stop");

        Assert.Contains("stt hello there my friend", device.Told);
        device.End();
    }

    [Fact]
    public void Detect_WakeWord_IsShownAndAnswered()
    {
        // The firmware sends the word's audio first, in one go: it is not heard as a turn.
        var device = new DeviceConversation().Hello().Speak(0);
        for (var i = 0; i < 30; i++) { device.Send(SimulatedOpus.Encode(Loud())); }
        device.Detect("Hi Parley").Listen("auto").WaitFor("tts stop");

        Assert.Equal(["hello", "stt Hi Parley", "tts start"], device.Told.Take(3));
        Assert.Empty(device.Engines.Asr.Requests);
        device.End();
    }

    [Fact]
    public void Detect_NotToBeAnswered_DeviceJustListens()
    {
        var device = new DeviceConversation(settings: new XiaozhiSession { AnswersWakeWord = false }).Hello().Detect("Hi Parley").Listen("auto").Hush(600);

        Assert.Equal(["hello"], device.Told);
        device.End();
    }

    [Fact]
    public void Reply_WithAnEmotion_ChangesTheFace()
    {
        var device = new DeviceConversation(e => e.Chat.Extras = [new EmotionContent("concerned", 0.7)]);
        device.Hello().Listen("auto").Speak(1_200).Hush(600).WaitFor("tts stop");

        Assert.Contains("llm sad 😔", device.Told);
        device.End();
    }

    [Fact]
    public void Reply_EnginesFail_DeviceIsToldAndListensOn()
    {
        var device = new DeviceConversation(e => e.Chat.FailsAfter = 0).Hello().Listen("auto").Speak(1_200).Hush(600).WaitFor("tts stop");

        Assert.Contains(device.Told, t => t.StartsWith("alert sad", StringComparison.Ordinal));
        device.End();
    }

    [Theory]
    [InlineData(2, 16)]
    [InlineData(3, 4)]
    public void Framing_WithHeaders_IsSpokenBothWays(int version, int header)
    {
        var device = new DeviceConversation().Hello(version).Listen("auto");
        var frame = new byte[BinaryFraming.MaxHeader + 1_275];
        for (var i = 0; i < 30; i++)
        {
            var length = BinaryFraming.Write(version, SimulatedOpus.Encode(i < 20 ? Loud() : new short[960]), TimeSpan.Zero, frame);
            device.Send(frame.AsMemory(0, length).ToArray()).Wait(60);
        }
        device.WaitFor("tts stop");

        Assert.Contains("stt hello there my friend", device.Told);
        Assert.All(device.Voice, f => Assert.Equal(1_440, SimulatedOpus.Decode(f.Span[header..]).Length));
        device.End();
    }

    [Fact]
    public void Garbage_IsSkippedAndCounted_AndTheSessionGoesOn()
    {
        var device = new DeviceConversation().Hello().Listen("auto");
        using var skipped = new Skipped(device);

        device.Say("nonsense").Say("""{"type":"weather"}""").Say("[]").Say("""{"type":"listen","state":"dance"}""").Say("""{"state":"start"}""");
        device.Hello();
        device.Send(new byte[] { 1, 2, 3 }).Send(Array.Empty<byte>());
        device.Line.Say(new Frame(default, IsText: false, IsTooLarge: true));
        device.Speak(1_200).Hush(600).WaitFor("tts stop");

        Assert.Contains("stt hello there my friend", device.Told);
        Assert.Equal(6, skipped.Of("message"));
        Assert.Equal(2, skipped.Of("audio"));
        Assert.Equal(1, skipped.Of("frame"));
        device.End();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Garbage_OfEveryKind_EndsNoSession(int framing)
    {
        var random = new Random(framing);
        var device = new DeviceConversation(settings: new XiaozhiSession { AnswersWakeWord = false }).Hello(framing, hasTools: true).Listen("auto");
        string[] messages =
        [
            """{"type":"hello","version":3,"audio_params":{"format":"opus"}}""", """{"type":"listen","state":"start","mode":"auto"}""", """{"type":"abort"}""",
            """{"type":"listen","state":"detect","text":"hi"}""", """{"session_id":"id1","type":"mcp","payload":{"id":1}}""",
            """{"type":"mcp","payload":{"id":2,"result":{"tools":[{"name":"self.a","description":"A","inputSchema":{"type":"object"}}],"nextCursor":"b"}}}""",
            """{"type":"mcp","payload":{"id":3,"result":{"tools":[{"name":"self.b"}],"content":[{"type":"text","text":"true"}]},"error":{"message":"no"}}}""",
        ];
        for (var i = 0; i < 500; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(messages[random.Next(messages.Length)]);
            for (var n = random.Next(3); n >= 0; n--) { bytes[random.Next(bytes.Length)] = (byte)random.Next(256); }
            device.Line.Say(new Frame(bytes.AsMemory(random.Next(2) * random.Next(bytes.Length)), IsText: random.Next(3) > 0));
        }
        device.Wait(100);

        Assert.False(device.HasEnded);
        device.ComeBack().Hello().Listen("auto").Speak(1_200).Hush(600).WaitFor("tts stop").End();
    }

    [Fact]
    public void Messages_BeforeTheHello_AreSkipped()
    {
        var device = new DeviceConversation().Listen("auto").Abort().Hello().Listen("auto").Speak(1_200).Hush(600).WaitFor("tts stop");

        Assert.Equal(["hello", "stt hello there my friend"], device.Told.Take(2));
        device.End();
    }

    [Fact]
    public void Tools_OfADeviceThatSaidItHasNone_AreTakenAndNotCounted()
    {
        var device = new DeviceConversation().Hello();
        using var skipped = new Skipped(device);

        device.Say("""{"session_id":"id1","type":"mcp","payload":{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}}""");

        Assert.Equal(0, skipped.Of("message"));
        Assert.Equal(["hello"], device.Told);
        device.End();
    }

    [Fact]
    public void Hello_AnotherFormatThanOpus_LineIsClosed()
    {
        var device = new DeviceConversation().Say("""{"type":"hello","version":1,"transport":"websocket","audio_params":{"format":"pcm","sample_rate":16000}}""");

        device.Wait(3_000);

        Assert.True(device.HasEnded);
        Assert.Equal(TransportCloseReason.Ended, device.Line.Closed);
    }

    [Fact]
    public void Goodbye_LineIsClosed()
    {
        var device = new DeviceConversation().Hello().Say("""{"session_id":"id1","type":"goodbye"}""");

        device.Wait(3_000);

        Assert.True(device.HasEnded);
    }

    [Fact]
    public void Silence_ForTooLong_LineIsClosed()
    {
        var device = new DeviceConversation(settings: new XiaozhiSession { IdleTimeout = TimeSpan.FromSeconds(20) }).Hello().Listen("auto");

        device.Hush(19_000);
        Assert.False(device.HasEnded);
        device.Hush(4_000);

        Assert.True(device.HasEnded);
    }

    [Fact]
    public void Settings_VoiceDoesNotExist_DeviceIsToldAndTheLineClosed()
    {
        var device = new DeviceConversation(settings: new XiaozhiSession { Config = new SessionConfig { Voice = "nobody" } }).Hello().Wait(3_000);

        Assert.StartsWith("alert sad config.voice", Assert.Single(device.Told), StringComparison.Ordinal);
        Assert.True(device.HasEnded);
    }

    [Fact]
    public void ComeBack_WithinTheWindow_ConversationGoesOnAndTheOldReplyDoesNot()
    {
        var device = new DeviceConversation(e => e.Asr.Texts = ["my name is Ana", "what is my name"], resumes: TimeSpan.FromMinutes(10));
        device.Hello().Listen("auto").Speak(1_200).Hush(600).WaitFor("tts start").Wait(900).Line.Disconnect();
        device.Wait(60_000);

        var again = device.ComeBack().Hello().Wait(2_000);
        Assert.Equal(["hello"], again.Told.Where(t => t != "audio"));
        again.Listen("auto").Speak(1_200).Hush(600).WaitFor("tts stop");

        Assert.Equal("id1", again.Orders[0].GetProperty("session_id").GetString());
        Assert.Contains(again.Engines.Chat.Prompts[^1], m => m.Text.Contains("my name is Ana", StringComparison.Ordinal));
        again.End();
    }

    [Fact]
    public void ComeBack_AfterTheWindow_ConversationIsAnother()
    {
        var device = new DeviceConversation(resumes: TimeSpan.FromMinutes(1)).Hello();
        device.Line.Disconnect();
        device.Wait(61_000);

        var again = device.ComeBack().Hello();

        Assert.NotEqual("id1", Assert.Single(again.Orders).GetProperty("session_id").GetString());
        again.End();
    }

    [Fact]
    public void ComeBack_SessionWasDeleted_AnotherBegins()
    {
        var device = new DeviceConversation(resumes: TimeSpan.FromMinutes(10)).Hello();
        device.Line.Disconnect();
        device.Wait(5_000);
        device.Scheduler.Run(device.Store.DeleteAsync(new SessionQuery { SessionId = "id1" }, TestContext.Current.CancellationToken).AsTask(), TimeSpan.FromSeconds(5));

        var again = device.ComeBack().Hello();

        Assert.Equal(["hello"], again.Told);
        Assert.NotEqual("id1", again.Orders[0].GetProperty("session_id").GetString());
        again.End();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ComeBack_OldLineStillStands_ItIsClosedFirst(bool resumes)
    {
        var device = new DeviceConversation(resumes: resumes ? TimeSpan.FromMinutes(10) : TimeSpan.Zero).Hello().Listen("auto");

        var again = device.ComeBack().Hello();
        again.Wait(5_000);

        Assert.True(device.HasEnded);
        Assert.False(again.HasEnded);
        Assert.Equal(resumes, again.Orders[0].GetProperty("session_id").GetString() == "id1");
        again.End();
    }

    private static short[] Loud() => [.. Enumerable.Repeat((short)8_000, 960)];

    /// <summary>Counts what is skipped, by kind.</summary>
    private sealed class Skipped : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly Dictionary<string, long> _counts = [];

        public Skipped(DeviceConversation device)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == device.Metrics.Meter && instrument.Name == "parley.device.skipped") { listener.EnableMeasurementEvents(instrument); }
            };
            _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    if (tag.Key == "what") { _counts[(string)tag.Value!] = Of((string)tag.Value!) + value; }
                }
            });
            _listener.Start();
        }

        public long Of(string what) => _counts.GetValueOrDefault(what);

        public void Dispose() => _listener.Dispose();
    }
}
