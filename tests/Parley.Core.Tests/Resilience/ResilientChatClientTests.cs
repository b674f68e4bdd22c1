using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Resilience;

namespace Parley.Core.Tests.Resilience;

public sealed class ResilientChatClientTests
{
    private const string First = "Answer of first model.", Second = "Answer of second model.";

    private static readonly TimeSpan s_instant = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void GetStreamingResponseAsync_AllIsWell_TheFirstAnswersAndIsMeasured()
    {
        var chain = new ChatChain();
        chain.Models[0].FirstTokenLatency = TimeSpan.FromMilliseconds(300);

        Assert.Equal(First, chain.Ask().Text);

        var readings = chain.Telemetry[0].Read();
        Assert.Equal((1, 0, 0), (readings.Calls, readings.Failures, readings.InFlight));
        Assert.Equal(TimeSpan.FromMilliseconds(300), readings.Ewma);
        Assert.Empty(chain.Models[1].Prompts);
        Assert.Empty(chain.Changes);
    }

    [Fact]
    public void GetStreamingResponseAsync_FirstFails_TheSecondAnswersInTheSameStream()
    {
        var chain = new ChatChain();
        chain.Models[0].FailsAfter = 0;

        var (text, took) = chain.Ask();

        Assert.Equal(Second, text);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        var change = Assert.Single(chain.Changes);
        Assert.Equal(("reply", "first", "second", "Simulated failure.", false), (change.Stage, change.From, change.To, change.Why, change.Recovered));
        Assert.Equal((1, 0), (chain.Telemetry[0].Read().Failures, chain.Telemetry[0].Read().InFlight));
    }

    [Fact]
    public void GetStreamingResponseAsync_FirstHangs_TheSecondAnswersAfterTheTimeout()
    {
        var chain = new ChatChain(options: o => o.Reply.Timeout = TimeSpan.FromSeconds(2));
        chain.Models[0].HangsAfter = 0;

        var (text, took) = chain.Ask();

        Assert.Equal((Second, TimeSpan.FromSeconds(2)), (text, took));
        Assert.Equal(0, chain.Models[0].Active);
        Assert.Equal(1, chain.Telemetry[0].Read().Failures);
    }

    [Fact]
    public void GetStreamingResponseAsync_FirstHangsOn_IsNotWaitedForTwice()
    {
        var chain = new ChatChain(options: o => o.Reply.Retries = 0, inSession: false);
        chain.Models[0].FirstTokenLatency = TimeSpan.FromMilliseconds(100);
        chain.Ask();
        chain.Models[0].HangsAfter = 0;

        Assert.Equal((Second, TimeSpan.FromSeconds(8)), chain.Ask());
        chain.Models[1].FirstTokenLatency = TimeSpan.FromMilliseconds(30);
        Assert.Equal((Second, TimeSpan.FromMilliseconds(30)), chain.Ask());

        chain.Scheduler.Advance(TimeSpan.FromMinutes(1));
        chain.Models[0].HangsAfter = null;
        Assert.Equal((Second, TimeSpan.FromMilliseconds(30)), chain.Ask());
        chain.Scheduler.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(First, chain.Ask().Text);
        Assert.All(chain.Models, m => Assert.Equal(0, m.Active));
        Assert.False(chain.Chains.Guards.Find(VoiceStage.Reply, "first")!.IsDoubted);
    }

    [Fact]
    public void GetStreamingResponseAsync_NobodyElseIsThere_IsMorePatient()
    {
        var chain = new ChatChain(engines: 1, o => o.Reply.Timeout = TimeSpan.FromSeconds(2));
        chain.Models[0].FirstTokenLatency = TimeSpan.FromSeconds(5);

        Assert.Equal((First, TimeSpan.FromSeconds(5)), chain.Ask());
    }

    [Fact]
    public void GetStreamingResponseAsync_TransientFailure_IsTriedAgainWithTheSameKey()
    {
        var chain = new ChatChain();
        (chain.Models[0].FailsAfter, chain.Models[0].Failures) = (0, 1);

        Assert.Equal(First, chain.Ask().Text);

        Assert.Equal(2, chain.Models[0].IdempotencyKeys.Count);
        Assert.NotNull(chain.Models[0].IdempotencyKeys[0]);
        Assert.Single(chain.Models[0].IdempotencyKeys.Distinct());
        Assert.Empty(chain.Changes);
    }

    [Fact]
    public void GetStreamingResponseAsync_FailsAfterContent_IsNotTriedAgainButGoneOnWith()
    {
        var chain = new ChatChain();
        chain.Models[0].FailsAfter = 2;
        chain.Models[1].Texts = [" the rest."];

        Assert.Equal("Answer of the rest.", chain.Ask().Text);

        Assert.Single(chain.Models[0].Prompts);
        var prompt = Assert.Single(chain.Models[1].Prompts);
        Assert.Equal([(ChatRole.User, "Hello?"), (ChatRole.Assistant, "Answer of")], prompt.Select(m => (m.Role, m.Text)));
        Assert.Contains("broke off", Assert.Single(chain.Models[1].Instructions), StringComparison.Ordinal);
    }

    [Fact]
    public void GetStreamingResponseAsync_FailsAfterContentAndGoingOnIsOff_EndsWithTheFailure()
    {
        var chain = new ChatChain(options: o => o.ContinueAfterContent = false);
        chain.Models[0].FailsAfter = 2;

        Assert.Equal("Simulated failure.", Assert.Throws<VoiceException>(() => chain.Ask()).Message);
        Assert.Empty(chain.Models[1].Prompts);
    }

    [Fact]
    public void GetStreamingResponseAsync_StallsInMidAnswer_IsGoneOnWithAfterTheIdleTimeout()
    {
        var chain = new ChatChain(options: o => o.Reply.IdleTimeout = TimeSpan.FromSeconds(1));
        chain.Models[0].HangsAfter = 2;
        chain.Models[1].Texts = [" the rest."];

        var (text, took) = chain.Ask();

        Assert.Equal("Answer of the rest.", text);
        Assert.InRange(took, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public void GetStreamingResponseAsync_GapsBelowTheIdleTimeout_AreNoStall()
    {
        var chain = new ChatChain(options: o => o.Reply.IdleTimeout = TimeSpan.FromSeconds(1));
        chain.Models[0].TokenInterval = TimeSpan.FromSeconds(0.9);

        Assert.Equal((First, TimeSpan.FromSeconds(2.7)), chain.Ask());
        Assert.Empty(chain.Models[1].Prompts);
    }

    [Fact]
    public void GetStreamingResponseAsync_StallsAndDoesNotListen_IsLeftBehindAndGivesItsPlaceBack()
    {
        var chain = new ChatChain(options: o => o.Reply.IdleTimeout = TimeSpan.FromSeconds(1));
        (chain.Models[0].HangsAfter, chain.Models[0].IsDeaf) = (2, true);
        chain.Models[1].Texts = [" the rest."];

        Assert.Equal("Answer of the rest.", chain.Ask().Text);

        var readings = chain.Telemetry[0].Read();
        Assert.Equal((1, 0), (readings.Failures, readings.InFlight));
        Assert.Equal(0, chain.Chains.Guards.Find(VoiceStage.Reply, "first")!.Slots.Read().InUse);
        Assert.True(chain.Chains.Guards.Find(VoiceStage.Reply, "first")!.IsDoubted);
    }

    [Fact]
    public void GetStreamingResponseAsync_GivesNothingAndDoesNotListen_IsLeftBehindAndGivesItsPlaceBack()
    {
        var chain = new ChatChain(options: o => o.Reply.Timeout = TimeSpan.FromSeconds(2));
        (chain.Models[0].HangsAfter, chain.Models[0].IsDeaf) = (0, true);

        Assert.Equal((Second, TimeSpan.FromSeconds(2)), chain.Ask());
        Assert.Equal(0, chain.Telemetry[0].Read().InFlight);
        Assert.Equal(0, chain.Chains.Guards.Find(VoiceStage.Reply, "first")!.Slots.Read().InUse);
    }

    [Fact]
    public void GetStreamingResponseAsync_SlowReader_IsNoStall()
    {
        var chain = new ChatChain(options: o => o.Reply.IdleTimeout = TimeSpan.FromSeconds(1));
        var reading = chain.Scheduler.Start(async () =>
        {
            var text = "";
            await foreach (var update in chain.Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hello?")], cancellationToken: TestContext.Current.CancellationToken))
            {
                text += update.Text;
                await Task.Delay(TimeSpan.FromSeconds(5), chain.Scheduler.Clock);
            }
            return text;
        });

        Assert.Equal(First, chain.Scheduler.Run(reading, TimeSpan.FromMinutes(2)));
    }

    [Fact]
    public void GetStreamingResponseAsync_UserInputIsWrong_NoOtherEngineIsAskedAndNothingIsHeldAgainstIt()
    {
        var chain = new ChatChain();
        chain.Models[0].FailsAfter = 0;
        chain.Models[0].Failure = () => new VoiceException(VoiceStage.Reply, "Too long.") { Class = FailureClass.UserInput };

        for (var i = 0; i < 10; i++) { Assert.Equal("Too long.", Assert.Throws<VoiceException>(() => chain.Ask()).Message); }

        Assert.Empty(chain.Models[1].Prompts);
        Assert.Equal(BreakerState.Closed, chain.Chains.Guards.Find(VoiceStage.Reply, "first")!.State);
    }

    [Fact]
    public void GetStreamingResponseAsync_StandInRefusesUserInput_TheFirstFailureIsToldAndNothingHeldAgainstIt()
    {
        var chain = new ChatChain();
        chain.Models[0].FailsAfter = chain.Models[1].FailsAfter = 0;
        chain.Models[1].Failure = static () => new VoiceException(VoiceStage.Reply, "No such picture.") { Class = FailureClass.UserInput };

        var failure = Assert.Throws<VoiceException>(() => chain.Ask());

        Assert.Equal("Simulated failure.", failure.Message);
        Assert.Equal((0, 0), (chain.Telemetry[1].Read().Failures, chain.Telemetry[1].Read().InFlight));
        Assert.False(chain.Chains.Guards.Find(VoiceStage.Reply, "second")!.IsDoubted);
    }

    [Fact]
    public void GetStreamingResponseAsync_TriedAgain_MeasuresTheTryThatServed()
    {
        var chain = new ChatChain();
        chain.Models[0].FirstTokenLatency = TimeSpan.FromMilliseconds(300);
        (chain.Models[0].FailsAfter, chain.Models[0].Failures) = (0, 1);

        Assert.Equal(First, chain.Ask().Text);

        Assert.Equal(TimeSpan.FromMilliseconds(300), chain.Telemetry[0].Read().Ewma);
    }

    [Fact]
    public void GetStreamingResponseAsync_QuotaIsSpent_TheEngineRestsForRetryAfter()
    {
        var chain = new ChatChain(inSession: false);
        chain.Models[0].FailsAfter = 0;
        chain.Models[0].Failure = () =>
        {
            var refusal = new VoiceException(VoiceStage.Reply, "Too many requests.", isTransient: true) { Class = FailureClass.Quota };
            refusal.Data[FailureRules.RetryAfterKey] = TimeSpan.FromSeconds(20);
            return refusal;
        };

        Assert.Equal(Second, chain.Ask().Text);
        Assert.Equal(TimeSpan.FromSeconds(20), chain.Chains.Guards.Find(VoiceStage.Reply, "first")!.RestLeft);
        chain.Models[0].FailsAfter = null;
        Assert.Equal(Second, chain.Ask().Text);
        chain.Scheduler.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal(First, chain.Ask().Text);
        Assert.Equal(2, chain.Models[0].Prompts.Count);
    }

    [Fact]
    public void GetStreamingResponseAsync_BreakerIsOpen_TheEngineIsLeftAloneAndThenComesBack()
    {
        var chain = new ChatChain(options: o => o.Reply.Retries = 0, inSession: false);
        chain.Models[0].FailsAfter = 0;
        for (var i = 0; i < 3; i++) { Assert.Equal(Second, chain.Ask().Text); }
        Assert.Equal(BreakerState.Open, chain.Chains.Guards.Find(VoiceStage.Reply, "first")!.State);

        chain.Ask();
        Assert.Equal(3, chain.Models[0].Prompts.Count);
        chain.Models[0].FailsAfter = null;
        chain.Scheduler.Advance(TimeSpan.FromSeconds(5) + s_instant);
        Assert.Equal(BreakerState.HalfOpen, chain.Chains.Guards.Find(VoiceStage.Reply, "first")!.State);

        Assert.Equal(First, chain.Ask().Text);
        Assert.Equal(BreakerState.Closed, chain.Chains.Guards.Find(VoiceStage.Reply, "first")!.State);
    }

    [Fact]
    public void GetStreamingResponseAsync_FirstFailedTheSession_IsTriedAgainAfterTheBreakAndToldAsRecovered()
    {
        var chain = new ChatChain();
        chain.Models[0].FailsAfter = 0;
        Assert.Equal(Second, chain.Ask().Text);
        chain.Models[0].FailsAfter = null;

        Assert.Equal(Second, chain.Ask().Text);
        chain.Scheduler.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(First, chain.Ask().Text);

        Assert.Equal([("second", false), ("first", true)], chain.Changes.Select(c => (c.To, c.Recovered)));
    }

    [Fact]
    public void GetStreamingResponseAsync_AllFail_TellsTheFirstFailure()
    {
        var chain = new ChatChain(engines: 3);
        foreach (var model in chain.Models) { model.FailsAfter = 0; }
        chain.Models[0].Failure = () => new VoiceException(VoiceStage.Reply, "The first one's.");

        Assert.Equal("The first one's.", Assert.Throws<VoiceException>(() => chain.Ask()).Message);
        Assert.All(chain.Models, m => Assert.NotEmpty(m.Prompts));
    }

    [Fact]
    public void GetStreamingResponseAsync_EveryEngineRests_FailsAtOnceAndSaysHowLong()
    {
        var chain = new ChatChain(engines: 1, o => o.Reply.Retries = 0, inSession: false);
        chain.Models[0].FailsAfter = 0;
        for (var i = 0; i < 3; i++) { Assert.Throws<VoiceException>(() => chain.Ask()); }

        var failure = Assert.Throws<VoiceException>(() => chain.Ask());

        Assert.Equal(3, chain.Models[0].Prompts.Count);
        Assert.True(failure.IsTransient);
        Assert.InRange(FailureRules.RetryAfterOf(failure)!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void GetStreamingResponseAsync_FirstIsSlowAndHedged_TheSecondIsHeardAndTheFirstStopped()
    {
        var chain = new ChatChain(options: o => o.Reply.Hedge = TimeSpan.FromMilliseconds(500));
        chain.Models[0].FirstTokenLatency = TimeSpan.FromSeconds(5);
        chain.Models[1].FirstTokenLatency = TimeSpan.FromMilliseconds(100);

        var (text, took) = chain.Ask();

        Assert.Equal((Second, TimeSpan.FromMilliseconds(600)), (text, took));
        Assert.Equal((0, 0), (chain.Models[0].Active, chain.Telemetry[0].Read().InFlight));
        Assert.Equal(0, chain.Telemetry[0].Read().Failures);
        Assert.Empty(chain.Changes);
    }

    [Fact]
    public void GetStreamingResponseAsync_FirstIsInTimeAndHedged_TheSecondIsNotAsked()
    {
        var chain = new ChatChain(options: o => o.Reply.Hedge = TimeSpan.FromMilliseconds(500));
        chain.Models[0].FirstTokenLatency = TimeSpan.FromMilliseconds(400);

        Assert.Equal(First, chain.Ask().Text);
        Assert.Empty(chain.Models[1].Prompts);
    }

    [Fact]
    public void GetStreamingResponseAsync_DoubtedFirstFailsWhileTheSecondIsAtIt_TheThirdIsNotAsked()
    {
        var chain = Doubted();
        chain.Models[0].FirstTokenLatency = TimeSpan.FromMilliseconds(10);
        chain.Models[1].FirstTokenLatency = TimeSpan.FromMilliseconds(300);

        Assert.Equal((Second, TimeSpan.FromMilliseconds(300)), chain.Ask());
        Assert.Empty(chain.Models[2].Prompts);
    }

    [Fact]
    public void GetStreamingResponseAsync_SecondFailsBesideADoubtedFirst_TheThirdIsAskedAtOnce()
    {
        var chain = Doubted();
        (chain.Models[0].FailsAfter, chain.Models[0].HangsAfter) = (null, 0);
        (chain.Models[1].FailsAfter, chain.Models[1].FirstTokenLatency) = (0, TimeSpan.FromMilliseconds(50));

        Assert.Equal(("Answer of third model.", TimeSpan.FromMilliseconds(50)), chain.Ask());
    }

    [Fact]
    public void GetStreamingResponseAsync_HedgedFirstFails_TheSecondKeepsItsTimeBeforeTheThirdIsAsked()
    {
        var chain = new ChatChain(engines: 3, o => (o.Reply.Hedge, o.Reply.Retries) = (TimeSpan.FromMilliseconds(500), 0));
        (chain.Models[0].FailsAfter, chain.Models[0].FirstTokenLatency) = (0, TimeSpan.FromMilliseconds(600));
        chain.Models[1].FirstTokenLatency = TimeSpan.FromSeconds(5);

        Assert.Equal(("Answer of third model.", TimeSpan.FromSeconds(1)), chain.Ask());
    }

    [Fact]
    public void GetStreamingResponseAsync_SecondBreaksOffAfterTheFirstFailed_TheThirdGoesOn()
    {
        var chain = new ChatChain(engines: 3, o => o.Reply.Retries = 0, inSession: false);
        chain.Models[0].FailsAfter = 0;
        chain.Models[1].FailsAfter = 2;
        chain.Models[2].Texts = [" the rest."];

        Assert.Equal("Answer of the rest.", chain.Ask().Text);
        Assert.Single(chain.Models[0].Prompts);
    }

    [Fact]
    public void GetStreamingResponseAsync_WinnerOfAHedgeBreaksOff_WhoWasMerelySlowerGoesOn()
    {
        var chain = new ChatChain(options: o => (o.Reply.Hedge, o.Reply.Retries) = (TimeSpan.FromMilliseconds(500), 0), inSession: false);
        chain.Models[0].FirstTokenLatency = TimeSpan.FromSeconds(1);
        chain.Models[0].Texts = ["Too late.", " the rest."];
        chain.Models[1].FailsAfter = 2;

        Assert.Equal("Answer of the rest.", chain.Ask().Text);
    }

    [Fact]
    public void GetStreamingResponseAsync_Cancelled_ThrowsAndHoldsNothingAgainstAnyone()
    {
        var chain = new ChatChain();
        chain.Models[0].HangsAfter = 1;
        using var cancel = new CancellationTokenSource();
        var asked = chain.Scheduler.Start(() => chain.AskAsync(cancel.Token));

        cancel.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => chain.Scheduler.Run(asked, TimeSpan.FromSeconds(1)));

        var readings = chain.Telemetry[0].Read();
        Assert.Equal((0, 0), (readings.InFlight, readings.Failures));
        Assert.Empty(chain.Models[1].Prompts);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 1)]
    public void GetStreamingResponseAsync_LastGivesNothingAndIsGivenUp_CountsAsLateFromTheTimeoutOn(int seconds, int failures)
    {
        var chain = new ChatChain(engines: 1, o => o.Reply.Timeout = TimeSpan.FromSeconds(2));
        chain.Models[0].HangsAfter = 0;
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), chain.Scheduler.Clock);
        var asked = chain.Scheduler.Start(() => chain.AskAsync(cancel.Token));

        Assert.ThrowsAny<OperationCanceledException>(() => chain.Scheduler.Run(asked, TimeSpan.FromSeconds(4)));

        Assert.Equal((failures, 0), (chain.Telemetry[0].Read().Failures, chain.Telemetry[0].Read().InFlight));
        Assert.Equal(failures == 1, chain.Chains.Guards.Find(VoiceStage.Reply, "first")!.IsDoubted);
        Assert.Single(chain.Models[0].Prompts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void GetStreamingResponseAsync_AnyMishaps_OneWholeAnswerIsGiven(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 150; round++)
        {
            var chain = new ChatChain(engines: 3, o =>
            {
                o.Reply.Hedge = random.Next(2) == 0 ? TimeSpan.FromMilliseconds(random.Next(10, 300)) : null;
                o.Reply.Timeout = TimeSpan.FromMilliseconds(random.Next(100, 1_000));
            });
            foreach (var model in chain.Models.Take(2))
            {
                model.FirstTokenLatency = TimeSpan.FromMilliseconds(random.Next(0, 1_500));
                if (random.Next(3) == 0) { (model.FailsAfter, model.Failures) = (0, random.Next(3) == 0 ? null : 1); }
                if (random.Next(4) == 0) { model.HangsAfter = 0; }
            }

            var text = chain.Ask().Text;
            chain.Scheduler.Advance(TimeSpan.FromMinutes(1));

            Assert.Contains(text, new[] { First, Second, "Answer of third model." });
            Assert.All(chain.Models, m => Assert.Equal(0, m.Active));
            Assert.All(chain.Telemetry, t => Assert.Equal(0, t.Read().InFlight));
        }
    }

    /// <summary>Three models of which the first has just failed, and fails on.</summary>
    private static ChatChain Doubted()
    {
        var chain = new ChatChain(engines: 3, o => o.Reply.Retries = 0, inSession: false);
        chain.Models[0].FailsAfter = 0;
        Assert.Equal(Second, chain.Ask().Text);
        return chain;
    }
}
