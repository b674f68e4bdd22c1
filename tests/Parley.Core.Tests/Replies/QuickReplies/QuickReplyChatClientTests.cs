using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Replies;
using Parley.Replies.QuickReplies;
using Parley.Replies.Wire;
using Parley.Testing.Simulated;
using Parley.Time;

namespace Parley.Core.Tests.Replies.QuickReplies;

/// <summary>The opener and the answer in every order, on the virtual clock.</summary>
public sealed class QuickReplyChatClientTests : IDisposable
{
    private const string Answer = "It is a long story.";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1), s_deadline = new QuickReplyOptions().Deadline;

    private readonly DeterministicScheduler _scheduler = new();
    private readonly SimulatedChatClient _main, _quick;

    public QuickReplyChatClientTests()
    {
        _main = new SimulatedChatClient(_scheduler.Clock) { Texts = [Answer], FirstTokenLatency = Ms(850), TokenInterval = Ms(10) };
        _quick = new SimulatedChatClient(_scheduler.Clock) { Texts = ["Sure,"], FirstTokenLatency = Ms(120) };
    }

    [Fact]
    public void Stream_SmallModelFirst_OpensAfterItsTimeAndNotTheLargeOnes()
    {
        var pieces = Ask();

        Assert.Equal(("Sure, ", Ms(120)), (pieces[0].Text, pieces[0].At));
        Assert.Equal(Ms(850), pieces[1].At);
        Assert.Equal("Sure, " + Answer, string.Concat(pieces.Select(p => p.Text)));
        Assert.True(pieces[0].IsQuick);
        Assert.DoesNotContain(pieces.Skip(1), p => p.IsQuick);
    }

    [Fact]
    public void Stream_BothModels_AreToldWhatTheOtherDoes()
    {
        ChatOptions? given = null;
        using var main = new Observed(_main, o => given = o);
        var options = new ChatOptions { Instructions = "Be brief." };

        Ask(main, options);

        Assert.StartsWith("Be brief.\nA short opener", given!.Instructions, StringComparison.Ordinal);
        Assert.Equal("Be brief.", options.Instructions);
        Assert.Equal(2, _quick.Prompts[0].Count);
        Assert.Equal("How are you?", _quick.Prompts[0][1].Text);
    }

    [Theory]
    [InlineData("""{"reasoning_content":"Hm."}""", "Sure, ")]
    [InlineData("""{"content":"Hm."}""", "Hm.")]
    public void Stream_RelayedPieceFirst_AnOpenerComesUnlessItIsText(string delta, string first)
    {
        using var main = new Relaying(_main, $$"""{"choices":[{"delta":{{delta}}}]}""");
        Assert.Equal(first, Ask(main)[0].Text);
    }

    [Fact]
    public void Stream_LargeModelFirst_HasNoOpener()
    {
        _main.FirstTokenLatency = Ms(100);
        Assert.Equal(Answer, string.Concat(Ask().Select(p => p.Text)));
        Assert.Equal(0, _quick.Active);
    }

    [Theory]
    [InlineData("fails")]
    [InlineData("hangs")]
    [InlineData("is late")]
    [InlineData("says yes")]
    public void Stream_SmallModelIsNoUse_AnswersAloneWithoutDelay(string how)
    {
        switch (how)
        {
            case "fails": _quick.FailsAfter = 0; break;
            case "hangs": _quick.HangsAfter = 0; break;
            case "is late": _quick.FirstTokenLatency = s_deadline + Ms(1); break;
            default: _quick.Texts = ["Yes,"]; break;
        }

        var pieces = Ask();

        Assert.Equal(Answer, string.Concat(pieces.Select(p => p.Text)));
        Assert.Equal(Ms(850), pieces[0].At);
    }

    [Fact]
    public void Stream_LargeModelFailsAfterTheOpener_EndsWithItsFailure()
    {
        _main.FailsAfter = 0;
        Assert.Throws<VoiceException>(() => Ask());
        Assert.Equal((0, 0), (_main.Active, _quick.Active));
    }

    [Fact]
    public void Stream_OutOfPlace_AsksTheLargeModelAlone()
    {
        ChatOptions[] options =
        [
            new() { Tools = [AIFunctionFactory.Create(() => 1, "one")] }, new() { ResponseFormat = ChatResponseFormat.Json },
            new() { AdditionalProperties = new() { [ReplyProperties.NoQuickReply] = true } },
        ];

        Assert.All(options, o => Assert.Equal(Answer, string.Concat(Ask(options: o).Select(p => p.Text))));
        Assert.Equal(Answer, string.Concat(Ask(prompt: [new(ChatRole.Assistant, "Hi.")]).Select(p => p.Text)));
        Assert.Empty(_quick.Prompts);
    }

    [Fact]
    public void Stream_Cancelled_StopsBoth()
    {
        using var cancel = new CancellationTokenSource();
        var asked = _scheduler.Start(() => CollectAsync(Client(_main), null, cancel.Token));
        _scheduler.Advance(Ms(60));
        Assert.Equal((1, 1), (_main.Active, _quick.Active));

        cancel.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => _scheduler.Run(asked, s_limit));
        Assert.Equal((0, 0), (_main.Active, _quick.Active));
    }

    [Fact]
    public void Stream_ReaderLeavesAfterTheOpener_StopsTheLargeModel()
    {
        _scheduler.Run(_scheduler.Start(async () =>
        {
            await foreach (var _ in Client(_main).GetStreamingResponseAsync([new(ChatRole.User, "Hi")], cancellationToken: TestContext.Current.CancellationToken)) { break; }
        }), s_limit);
        Assert.Equal((0, 0), (_main.Active, _quick.Active));
    }

    /// <summary>Whatever comes when: the answer is whole, an opener stands only before it, nothing is left behind, and nothing comes later than without.</summary>
    [Fact]
    public void Stream_RandomTimes_KeepsItsPromises()
    {
        var random = new Random(20261126);
        string[] openers = ["Sure,", "Let me think…", "好的，", "Yes,", "The answer is", ""], doubled = ["", "Sure, ", "Of course! ", "Okay. "];
        for (var round = 0; round < 400; round++)
        {
            (_main.FirstTokenLatency, _main.TokenInterval) = (Ms(random.Next(0, 900)), Ms(random.Next(0, 3) * 10));
            (_quick.FirstTokenLatency, _quick.TokenInterval) = (Ms(random.Next(0, 900)), Ms(random.Next(0, 3) * 40));
            (_quick.Texts, _main.Texts) = ([openers[random.Next(openers.Length)]], [doubled[random.Next(doubled.Length)] + Answer]);
            (_quick.FailsAfter, _quick.HangsAfter) = (random.Next(8) == 0 ? 0 : null, random.Next(8) == 0 ? 1 : null);
            var began = _scheduler.Clock.Elapsed;

            var pieces = Ask();

            var text = string.Concat(pieces.Select(p => p.Text));
            Assert.EndsWith(Answer, text, StringComparison.Ordinal);
            Assert.DoesNotContain(pieces.Skip(1), p => p.IsQuick);
            if (pieces[0].IsQuick)
            {
                Assert.Equal(pieces[0].Text + Answer, text);
                Assert.InRange(pieces[0].At, _quick.FirstTokenLatency, TimeSpan.FromTicks(Math.Min(s_deadline.Ticks, _main.FirstTokenLatency.Ticks)));
            }
            else
            {
                Assert.Equal(_main.Texts[0], text);
                Assert.Equal(_main.FirstTokenLatency, pieces[0].At);
            }
            Assert.Equal(_main.FirstTokenLatency + (_main.Texts[0].Split(' ').Length - 1) * _main.TokenInterval, _scheduler.Clock.Elapsed - began);
            Assert.Equal((0, 0), (_main.Active, _quick.Active));
        }
    }

    public void Dispose()
    {
        _main.Dispose();
        _quick.Dispose();
    }

    private List<(string Text, TimeSpan At, bool IsQuick)> Ask(IChatClient? main = null, ChatOptions? options = null, IReadOnlyList<ChatMessage>? prompt = null) =>
        _scheduler.Run(_scheduler.Start(() => CollectAsync(Client(main ?? _main), options, TestContext.Current.CancellationToken, prompt)), s_limit);

    private QuickReplyChatClient Client(IChatClient main) => new(main, _quick, new QuickReplyOptions(), _scheduler.Clock);

    private async Task<List<(string Text, TimeSpan At, bool IsQuick)>> CollectAsync(
        QuickReplyChatClient client, ChatOptions? options, CancellationToken cancellationToken, IReadOnlyList<ChatMessage>? prompt = null)
    {
        var began = _scheduler.Clock.Elapsed;
        List<(string, TimeSpan, bool)> pieces = [];
        await foreach (var update in client.GetStreamingResponseAsync(prompt ?? [new(ChatRole.User, "How are you?")], options, cancellationToken))
        {
            var text = (update.RawRepresentation as WireChunk)?.ReadText() ?? update.Text;
            if (text.Length == 0) { continue; }
            var isQuick = update.Contents.Any(c => c.AdditionalProperties?.GetValueOrDefault(ReplyProperties.Quick) is true);
            pieces.Add((text, _scheduler.Clock.Elapsed - began, isQuick));
        }
        return pieces;
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    /// <summary>Relays one chunk before the answer.</summary>
    private sealed class Relaying(IChatClient inner, string json) : DelegatingChatClient(inner)
    {
        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var (chunk, bytes) = (new WireChunk(), Encoding.UTF8.GetBytes(json));
            var at = json.IndexOf("\"Hm.\"", StringComparison.Ordinal);
            chunk.Set(bytes, default, default, json.Contains("\"content\"", StringComparison.Ordinal) ? at..(at + 5) : default, isUsage: false);
            yield return new ChatResponseUpdate { Contents = [new WireContent(chunk)], RawRepresentation = chunk };
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken)) { yield return update; }
        }
    }

    private sealed class Observed(IChatClient inner, Action<ChatOptions?> called) : DelegatingChatClient(inner)
    {
        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            called(options);
            return base.GetStreamingResponseAsync(messages, options, cancellationToken);
        }
    }
}
