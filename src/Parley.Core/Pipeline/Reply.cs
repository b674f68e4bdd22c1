using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Recording;
using Parley.Replies;
using Parley.Replies.Tools;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Tts;
using Parley.Turns;

namespace Parley.Pipeline;

/// <summary>
/// One reply on its way: tokens → clauses → audio → the listener, three stages that run at once, joined by short queues.
/// The session's loop starts, commits and cancels it; nothing leaves before it is committed, and everything that leaves carries its
/// generation and passes the fence.
/// </summary>
internal sealed class Reply : IAsyncDisposable
{
    // Beyond the lead: together they hide how long a synthesiser takes to begin with the next clause.
    private static readonly TimeSpan s_audioWaiting = TimeSpan.FromMilliseconds(500);

    private readonly ReplyContext _context;
    private readonly SessionConfig _config;
    private readonly ReplyResumption? _resumption;
    private readonly CancellationTokenSource _cancel = new();
    private readonly CommitGate _gate = new();
    private readonly ReplyTools _tools;
    private IReadOnlyList<AITool> _clientTools = [];
    private Task _run = Task.CompletedTask;
    private Exception? _failure;
    private long _endSample = long.MaxValue;

    /// <param name="context">What it needs of its session.</param>
    /// <param name="turn">What it answers.</param>
    /// <param name="request">How it is made; it stays so to its end.</param>
    /// <param name="resumption">Where it goes on; null: it begins.</param>
    public Reply(ReplyContext context, Turn turn, ReplyRequest request, ReplyResumption? resumption = null)
    {
        (_context, Turn, _config, IsBeside, _resumption) = (context, turn, request.Config, request.IsBeside, resumption);
        _tools = new ReplyTools(context, isRemembered: !IsBeside);
        Said = new ReplyText(IsSpoken);
        if (resumption is null) { return; }
        (Properties, Cut, Usage) = (resumption.Properties, resumption.Cut, resumption.Usage);
        Said.Append(resumption.Text);
        Said.Place(resumption.SegmentStart, resumption.TextOffset);
        Said.Place(resumption.Position, resumption.HeardLength);
    }

    public Turn Turn { get; }

    /// <summary>Samples a second of its audio.</summary>
    public int OutputRate => _config.Audio!.Out!.SampleRate!.Value;

    /// <summary>Whether it is no part of the conversation.</summary>
    public bool IsBeside { get; }

    /// <summary>Whether it has the floor: then the fence stands before it, and it ends when it was heard.</summary>
    public bool IsOnFloor { get; init; } = true;

    /// <summary>Whether it is spoken; else it is text only, which counts as heard when it is written.</summary>
    public bool IsSpoken => _config.Speech != false;

    /// <summary>Whether it is spoken, and a synthesiser is left to do so.</summary>
    public bool HasVoice => IsSpoken && _context.HasVoice;

    /// <summary>Which reply of the session this is; 0 until it is committed.</summary>
    public uint Generation { get; private set; }

    /// <summary>Whether a stage has failed so far.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether the listener has had the first audio.</summary>
    public bool IsAudible { get; set; }

    /// <summary>Whether the text is complete.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>Why the text ends before its time; null: it does not, as far as is known.</summary>
    public ReplyCut? Cut { get; private set; }

    /// <summary>The tokens that it has cost so far; null: nobody told.</summary>
    public TokenUsage? Usage { get; private set; }

    /// <summary>What the chat client wants to find in the next turn.</summary>
    public AdditionalPropertiesDictionary? Properties { get; private set; }

    /// <summary>Just after its last sample; the highest number while that is not known.</summary>
    public long EndSample => Volatile.Read(ref _endSample);

    /// <summary>What it says so far, and where it sounds.</summary>
    public ReplyText Said { get; }

    /// <summary>The tools that were called for it so far.</summary>
    public IReadOnlyList<ToolExchange> Tools => _tools.Exchanges;

    /// <summary>The reply's text so far.</summary>
    public string Text => Said.ToString();

    public void Start(IReadOnlyList<ChatMessage> prompt, ChatOptions options)
    {
        var properties = options.AdditionalProperties ??= [];
        (properties[ReplyProperties.Committed], properties[ReplyProperties.ToolObserver]) = (_gate.Committed, _tools);
        _clientTools = [.. options.Tools ?? []];
        _run = RunAsync(prompt, options);
    }

    /// <summary>From now on it is told and heard, as <paramref name="generation"/>.</summary>
    public void Commit(uint generation)
    {
        Generation = generation;
        _gate.Commit();
    }

    /// <summary>Stops all stages. What has not left never leaves: the fence sees to that, not this.</summary>
    public void Cancel() => _cancel.Cancel();

    /// <summary>Stops all stages and waits for them; the tools that were called may still run.</summary>
    public Task StopAsync()
    {
        _cancel.Cancel();
        return _run;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _tools.WhenAllAsync();
        _cancel.Dispose();
    }

    private async Task RunAsync(IReadOnlyList<ChatMessage> prompt, ChatOptions options)
    {
        var clauses = Channel.CreateBounded<Clause>(new BoundedChannelOptions(4) { SingleReader = true, SingleWriter = true });
        var audio = new SpokenQueue(s_audioWaiting, OutputRate);
        try
        {
            await Task.WhenAll(
                Guard(_gate.RunAsync(_cancel.Token)), Guard(_context.Aside(() => ThinkAsync(prompt, options, clauses.Writer))),
                Guard(_context.Aside(() => SynthesizeAsync(clauses.Reader, audio))), Guard(PlayAsync(audio)));
        }
        catch (OperationCanceledException) when (_failure is null)
        {
            return;
        }
        catch (ChannelClosedException)
        {
            // The session is over.
            return;
        }
#pragma warning disable CA1031 // Whatever fails ends this reply alone and is told to the loop.
        catch (Exception)
#pragma warning restore CA1031
        {
            // It is in _failure.
        }
        await _context.Post(new ReplyEnded(this, _failure));
    }

    /// <summary>A stage that fails stops the others, which might wait for it.</summary>
    private async Task Guard(Task stage)
    {
        try
        {
            await stage;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (e is not ChannelClosedException) { _failure ??= e; }
            HasFailed = true;
            _cancel.Cancel();
            throw;
        }
    }

    /// <summary>Reply → splitter: reads the model's stream, shows the text at once and hands over each clause when it is speakable.</summary>
    private async Task ThinkAsync(IReadOnlyList<ChatMessage> prompt, ChatOptions options, ChannelWriter<Clause> clauses)
    {
        using var span = ParleyTraces.Stage(VoiceStage.Reply, Turn.Trace);
        var splitter = new ClauseSplitter();
        // A clause depends on the characters alone: said before, the text falls into the same clauses again.
        var (said, quick) = (_resumption?.Text ?? "", _resumption?.QuickLength ?? 0);
        foreach (var clause in splitter.Push(said[..quick])) { await QueueAsync(clause, Turn.Clock.Now, clauses); }
        if (quick > 0 && splitter.Break() is { } opener) { await QueueAsync(opener, Turn.Clock.Now, clauses); }
        foreach (var clause in splitter.Push(said[quick..])) { await QueueAsync(clause, Turn.Clock.Now, clauses); }
        try
        {
            Turn.Clock.Mark(TurnMoment.ReplyAsked);
            if (_resumption is not { IsComplete: true }) { await ReadAsync(prompt, options, splitter, clauses); }
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Any failure of a reply engine becomes words: silence would be worse.
        catch (Exception e)
#pragma warning restore CA1031
        {
            HasFailed = true;
            var failure = e is TimeoutException
                ? new VoiceException(VoiceStage.Reply, $"No text within {_context.Options.ReplyTimeout.TotalSeconds:0.#} s.", isTransient: true, e) : e;
            await TellAsync(() => _context.Post(new ReplyFailed(this, failure)));
            await SayAsync(Said.Length == 0 ? FixedLines.Apology : " " + FixedLines.Apology, Turn.Clock.Now, splitter, clauses);
        }

        if (splitter.Flush() is { } rest) { await QueueAsync(rest, Turn.Clock.Now, clauses); }
        IsWritten = true;
        await TellAsync(() => Note(TimelineKinds.ReplyWritten, new ReplyWritten(Generation, StoredProperties.From(Properties), Cut, Usage)));
        await TellAsync(() => PostAsync(new AssistantTextDone(
            Turn.Id, Generation, Said.ToString(), Said.HeardAt(_context.Readings.Read(Generation, PlaybackPurpose.Written, _context.Playback.Position)), Cut, Usage)));
        // Not before: that the text is complete is told before the audio is.
        clauses.Complete();
    }

    private async Task ReadAsync(IReadOnlyList<ChatMessage> prompt, ChatOptions options, ClauseSplitter splitter, ChannelWriter<Clause> clauses)
    {
        await using var updates = new PatientReader<ChatResponseUpdate>(
            token => _context.Engines.Reply.GetStreamingResponseAsync(prompt, options, token), _context.Options.ReplyTimeout, _context.Time, _cancel.Token);
        while (await updates.MoveNextAsync(_cancel.Token))
        {
            var arrived = Turn.Clock.Now;
            await TakeAsync(updates.Current, arrived, splitter, clauses);
        }
    }

    private async ValueTask TakeAsync(ChatResponseUpdate update, long arrived, ClauseSplitter splitter, ChannelWriter<Clause> clauses)
    {
        if (update.AdditionalProperties is { Count: > 0 } properties)
        {
            Properties ??= [];
            foreach (var (key, value) in properties) { Properties[key] = value; }
        }
        if (update.FinishReason is { } reason) { Cut = CutOf(reason); }
        foreach (var content in update.Contents)
        {
            switch (content)
            {
                case TextContent { Text.Length: > 0 } text when text.AdditionalProperties?.GetValueOrDefault(ReplyProperties.Quick) is true:
                    await SayAsync(text.Text, arrived, splitter, clauses, ReplyKind.Quick);
                    if (splitter.Break() is { } opener) { await QueueAsync(opener, arrived, clauses); }
                    break;
                case TextContent { Text.Length: > 0 } text:
                    await SayAsync(text.Text, arrived, splitter, clauses);
                    break;
                case FillerContent filler:
                    await EndParagraphAsync(arrived, splitter, clauses);
                    await SayAsync(filler.Text, arrived, splitter, clauses);
                    await EndParagraphAsync(arrived, splitter, clauses);
                    break;
                case FunctionCallContent { Exception: null } call when _clientTools.Any(t => t.Name == call.Name):
                    await CallAsync(ToolExchange.Of(call));
                    break;
                case FunctionCallContent:
                    await EndParagraphAsync(arrived, splitter, clauses);
                    break;
                case UsageContent usage:
                    Usage = TokenUsage.Sum(Usage, TokenUsage.From(usage.Details));
                    break;
                case SuggestionsContent suggestions:
                    await TellAsync(() => _context.Post(new AnswersOffered(this, suggestions)));
                    break;
                case EmotionContent emotion:
                    await TellAsync(() => PostAsync(new EmotionTag(Generation, emotion.Emotion, emotion.Intensity)));
                    break;
            }
        }
    }

    private static ReplyCut? CutOf(ChatFinishReason reason) =>
        reason == ChatFinishReason.Length ? ReplyCut.MaxOutputTokens
        : reason == ChatFinishReason.ContentFilter ? ReplyCut.ContentFilter
        : null;

    /// <summary>The loop knows of the call before the client, who may be quick to answer.</summary>
    private ValueTask CallAsync(ToolExchange call) => TellAsync(async () =>
    {
        await _context.Post(new ClientToolCalled(this, call));
        await PostAsync(new ToolCalled(Turn.Id, Generation, call.CallId, call.Name, call.Arguments.GetRawText()));
    });

    private async ValueTask SayAsync(
        string delta, long arrived, ClauseSplitter splitter, ChannelWriter<Clause> clauses, ReplyKind kind = ReplyKind.Full)
    {
        Turn.Clock.Mark(TurnMoment.FirstToken, arrived);
        Said.Append(delta);
        await TellAsync(() => PostAsync(new AssistantTextDelta(Turn.Id, Generation, kind, delta)));
        foreach (var clause in splitter.Push(delta)) { await QueueAsync(clause, arrived, clauses); }
    }

    /// <summary>A wait may follow: an empty line has the splitter give out what was said so far, and stays where it is if the reply is resumed.</summary>
    private async ValueTask EndParagraphAsync(long arrived, ClauseSplitter splitter, ChannelWriter<Clause> clauses)
    {
        if (!Said.EndsParagraph) { await SayAsync("\n\n", arrived, splitter, clauses); }
    }

    private ValueTask QueueAsync(Clause clause, long arrived, ChannelWriter<Clause> clauses)
    {
        if (string.IsNullOrWhiteSpace(clause.Spoken) || clause.Offset < _resumption?.TextOffset) { return ValueTask.CompletedTask; }
        Turn.Clock.Mark(TurnMoment.ClauseToken, arrived);
        return clauses.WriteAsync(clause, _cancel.Token);
    }

    /// <summary>Splitter → synthesiser: each clause is a segment; audio comes out at the session's rate.</summary>
    private async Task SynthesizeAsync(ChannelReader<Clause> clauses, SpokenQueue audio)
    {
        using var span = ParleyTraces.Stage(VoiceStage.Tts, Turn.Trace);
        try
        {
            var speaker = new ReplySpeaker(_context, Turn, _config, _resumption?.Segment ?? 0, _resumption?.SegmentStart ?? 0);
            await foreach (var clause in clauses.ReadEachAsync(_cancel.Token))
            {
                if (!IsSpoken) { continue; }
                var (segment, start) = (speaker.Segment, speaker.NextSample);
                await TellAsync(() => Note(TimelineKinds.Segment, new SegmentBegun(Generation, segment, start, clause.Offset)));
                await foreach (var piece in speaker.SpeakAsync(clause, _cancel.Token)) { await audio.WriteAsync(piece, _cancel.Token); }
            }
            Volatile.Write(ref _endSample, speaker.NextSample);
        }
        finally
        {
            audio.Complete();
        }
    }

    /// <summary>Synthesiser → pacer → socket: mouth shapes first, then the audio in packets of 20 ms; returns when all was heard.</summary>
    private async Task PlayAsync(SpokenQueue audio)
    {
        var packetSamples = OutputRate / 50;
        uint chunk = 0;
        uint? segment = null;
        var end = 0L;
        await _gate.WaitAsync(_cancel.Token);
        await foreach (var piece in audio.ReadEachAsync(_cancel.Token))
        {
            audio.Took(piece);
            foreach (var (heardAt, textEnd) in piece.Heard) { Said.Place(heardAt, textEnd); }
            var heard = _resumption is null ? 0 : (int)Math.Clamp(_resumption.Position - piece.StartSample, 0, piece.Samples.Length);
            var isToBeHeard = heard == 0 || heard < piece.Samples.Length;
            if (isToBeHeard && piece.Segment != segment && piece.Samples.Length > 0)
            {
                segment = piece.Segment;
                await PostAsync(new SegmentBegan(Generation, piece.Segment, piece.StartSample, piece.Text));
            }
            if (isToBeHeard && piece.Visemes.Count + piece.Words.Count > 0)
            {
                await PostAsync(new VisemeTimeline(Generation, piece.Segment, OutputRate, piece.Visemes, piece.Words.Count > 0 ? piece.Words : null));
            }
            for (var at = heard; at < piece.Samples.Length; at += packetSamples)
            {
                var samples = piece.Samples.Slice(at, Math.Min(packetSamples, piece.Samples.Length - at));
                await _context.Pacer.SendAsync(
                    new AudioPacket(Generation, piece.Segment, chunk, piece.StartSample + at, samples, OutputRate), _cancel.Token);
                Said.SentSamples = piece.StartSample + at + samples.Length;
                if (chunk++ == 0 && _context.Playback.Sent > (_resumption?.Position ?? 0))
                {
                    Turn.Clock.Mark(TurnMoment.FirstAudioSent);
                    await _context.Post(new ReplyAudible(this));
                }
            }
            end = piece.StartSample + piece.Samples.Length;
        }
        await PostAsync(new AudioEnded(Generation, end));
        if (IsOnFloor) { await _context.Pacer.WaitUntilHeardAsync(end, _cancel.Token); }
    }

    private ValueTask Note(string kind, object data)
    {
        _context.Timeline.Add(kind, data);
        return ValueTask.CompletedTask;
    }

    private ValueTask TellAsync(Func<ValueTask> tell) => _gate.TellAsync(tell, _cancel.Token);

    private ValueTask PostAsync(ServerMessage message) => _context.Outbox.PostAsync(message, IsOnFloor ? Generation : null, _cancel.Token);
}
