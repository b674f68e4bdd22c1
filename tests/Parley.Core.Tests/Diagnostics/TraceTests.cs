using System.Diagnostics;
using Parley.Diagnostics;
using Parley.Testing.Sessions;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Diagnostics;

/// <summary>One class, so that nobody else listens while it is looked whether anything is made for nobody.</summary>
public sealed class TraceTests
{
    private const string Heard = "What the user said", Secret = "Good morning from the model.";

    [Fact]
    public void Session_SpokenTurn_IsOneTraceOfTurnStagesAndEngineCalls()
    {
        using var listener = new SpanListener();
        var conversation = Talk(listener);

        var trace = ParleyTraces.IdOf("id1");
        var spans = listener.Of(trace);
        var session = Assert.Single(spans, s => s.OperationName == "session");
        Assert.Equal((default, "id1"), (session.ParentSpanId, session.GetTagItem("parley.session.id")));
        var turn = Assert.Single(spans, s => s.OperationName == "turn");
        Assert.Equal((session.SpanId, "t1", "heard"), (turn.ParentSpanId, turn.GetTagItem("parley.turn.id"), turn.GetTagItem("parley.turn.outcome")));
        Assert.InRange((double)turn.GetTagItem("parley.turn.first_audio_ms")!, 1, 10_000);
        foreach (var stage in (string[])["asr", "reply", "tts"])
        {
            var span = Assert.Single(spans, s => s.OperationName == stage);
            Assert.Equal(turn.SpanId, span.ParentSpanId);
            var call = Assert.Single(spans, s => s.OperationName == "engine" && s.ParentSpanId == span.SpanId);
            Assert.Equal((stage, "simulated", true), (call.GetTagItem("parley.stage"), call.GetTagItem("parley.engine"), call.GetTagItem("parley.engine.local")));
        }
        Assert.Equal(spans.Count, spans.Select(s => s.SpanId).Distinct().Count());
        Assert.All(conversation.Client.Messages, m => Assert.Equal(trace, m.TraceId));
    }

    [Fact]
    public void Session_TurnIsInterrupted_ItsSpanSaysSo()
    {
        using var listener = new SpanListener();
        var conversation = new SimulatedConversation(e => e.Chat.Texts = [string.Concat(Enumerable.Repeat("A long story goes on and on. ", 20))]);
        conversation.Start().Say(new TextInput("Tell me a story."));
        conversation.HushUntil<SegmentBegan>();
        conversation.Hush(500).Say(new Interrupt());
        conversation.End();

        Assert.Contains(listener.Of(ParleyTraces.IdOf("id1")), s => s.OperationName == "turn" && (string?)s.GetTagItem("parley.turn.outcome") == "cut");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Session_SpeechInSpans_IsThereOnlyWhereItIsAskedFor(bool isAsked)
    {
        using var listener = new SpanListener();
        Talk(listener, isAsked);

        var told = string.Join('\n', listener.Of(ParleyTraces.IdOf("id1")).SelectMany(s => s.TagObjects.Select(t => $"{t.Key}={t.Value}").Append(s.DisplayName).Append(s.StatusDescription ?? "")));
        Assert.Contains("parley.turn.outcome", told, StringComparison.Ordinal);
        Assert.Equal(isAsked, told.Contains(Secret, StringComparison.Ordinal));
        Assert.Equal(isAsked, told.Contains(Heard, StringComparison.Ordinal));
    }

    [Fact]
    public void Session_EngineFails_ItsCallIsAnErrorAndTheNextOneFollows()
    {
        using var listener = new SpanListener();
        Talk(listener, engines: e => e.Chat.FailsAfter = 0);

        var calls = listener.Of(ParleyTraces.IdOf("id1")).Where(s => s.OperationName == "engine" && (string?)s.GetTagItem("parley.stage") == "reply").OrderBy(s => s.StartTimeUtc).ToList();
        Assert.Equal([("simulated", ActivityStatusCode.Error), ("spare", ActivityStatusCode.Unset)], calls.Select(c => ((string)c.GetTagItem("parley.engine")!, c.Status)));
        Assert.NotNull(calls[0].GetTagItem("error.type"));
    }

    [Fact]
    public void Session_NobodyListens_MakesNoSpanAndAllocatesForNone()
    {
        using (var trace = new SessionTrace("warm", isResumed: false, withSpeech: false)) { Assert.Null(trace.Begin("t1")); }
        using var quiet = new SessionTrace("id1", isResumed: false, withSpeech: true);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(quiet.Begin("t1"));
            Assert.Null(ParleyTraces.Stage(VoiceStage.Reply, null));
            Assert.Null(ParleyTraces.EngineCall(VoiceStage.Reply, "engine", isLocal: true));
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("0af7651916cd43dd8448eb211c80319c", true)]
    [InlineData("00000000000000000000000000000000", false)]
    [InlineData("0AF7651916CD43DD8448EB211C80319C", false)]
    [InlineData("id1", false)]
    [InlineData("", false)]
    public void IdOf_Session_IsItsOwnIdWhereThatIsATraces(string session, bool isItsOwn)
    {
        var id = ParleyTraces.IdOf(session);
        Assert.Equal(isItsOwn, id == session);
        Assert.Equal(id, ActivityTraceId.CreateFromString(id).ToHexString());
        Assert.Equal(id, ParleyTraces.IdOf(session));
    }

    private static SimulatedConversation Talk(SpanListener listener, bool withSpeech = false, Action<SimulatedEngines>? engines = null)
    {
        Assert.NotNull(listener);
        var conversation = new SimulatedConversation(
            e =>
            {
                e.Asr.Texts = [Heard];
                e.Chat.Texts = [Secret];
                e.SpareChat.Texts = [Secret];
                engines?.Invoke(e);
                e.JoinWithSpares();
            },
            traceSpeech: withSpeech);
        conversation.Start().Speak(600);
        conversation.HushUntil<ReplyFinished>();
        conversation.End();
        return conversation;
    }

    /// <summary>Keeps the spans of the engine that end on this thread while it is there: a simulated conversation runs on its test's, and those of other tests have the same ids.</summary>
    private sealed class SpanListener : IDisposable
    {
        private readonly List<Activity> _spans = [];
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private readonly ActivityListener _listener;

        public SpanListener()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == ParleyTraces.SourceName,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span => { if (Environment.CurrentManagedThreadId == _thread) { _spans.Add(span); } },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<Activity> Of(string trace) => [.. _spans.Where(s => s.TraceId.ToHexString() == trace)];

        public void Dispose() => _listener.Dispose();
    }
}
