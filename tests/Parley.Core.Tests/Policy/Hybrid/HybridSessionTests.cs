using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Governance;
using Parley.Policy.Hybrid;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Policy.Hybrid;

/// <summary>A conversation in which one recogniser answers and another refines.</summary>
public sealed class HybridSessionTests
{
    private const string Heard = "hello there my friend";

    private SimulatedRecognizer _remote = null!;

    [Fact]
    public void Refined_SameWordsInOtherLetters_AreRememberedForTheNextPrompt()
    {
        var talk = Talk("Hello there, my friend!").Start().Hush(200).Speak(1_200);

        var refined = talk.HushUntil<AsrRefined>();
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        talk.Say(new TextInput("and now?"));

        Assert.Equal(("t1", "Hello there, my friend!", "simulated", true), (refined.TurnId, refined.Text, refined.Engine, refined.Applied));
        Assert.Equal(Heard, talk.Client.Of<AsrFinal>()[0].Text);
        Assert.Equal(Heard, Said(talk.Engines.Chat.Prompts[0])[0]);
        Assert.Equal(["Hello there, my friend!", "and now?"], Said(talk.Engines.Chat.Prompts[1]));
        talk.End();
    }

    [Fact]
    public void Refined_OtherWords_AreToldAndTheConversationStands()
    {
        var talk = Talk("Hello dear, my friend!").Start().Hush(200).Speak(1_200);

        var refined = talk.HushUntil<AsrRefined>();
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        talk.Say(new TextInput("and now?"));

        Assert.Equal(("Hello dear, my friend!", false), (refined.Text, refined.Applied));
        Assert.Equal([Heard, "and now?"], Said(talk.Engines.Chat.Prompts[1]));
        talk.End();
    }

    [Fact]
    public void Refiner_IsAsked_InTheBackground()
    {
        var talk = Talk("Hello there, my friend!").Start().Hush(200).Speak(1_200);
        talk.HushUntil<AsrRefined>();

        Assert.Equal(CallPriority.Interactive, talk.Engines.Asr.Requests[0].Priority);
        Assert.Equal(CallPriority.Background, _remote.Requests[0].Priority);
        talk.End();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    [InlineData(60_000)]
    public void Refiner_HoweverSlow_DelaysNothing(int latencyMs)
    {
        var plain = new SimulatedConversation(e => e.Asr.FinalLatency = TimeSpan.FromMilliseconds(70)).Start().Hush(200).Speak(1_200);
        var hybrid = Talk("Hello there, my friend!", latencyMs).Start().Hush(200).Speak(1_200);

        Assert.Equal(plain.HushUntil<TurnMetrics>().FirstAudioMs, hybrid.HushUntil<TurnMetrics>().FirstAudioMs);

        plain.End();
        hybrid.End();
        Assert.Equal((0, 0), (hybrid.Engines.Asr.OpenStreams, _remote.OpenStreams));
    }

    [Fact]
    public void Refiner_Fails_NobodyNotices()
    {
        var talk = Talk("Hello there, my friend!");
        _remote.Fails = true;

        talk.Start().Hush(200).Speak(1_200).HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        Assert.Empty(talk.Client.Of<AsrRefined>());
        Assert.Empty(talk.Client.Of<ErrorMessage>());
        talk.End();
    }

    [Fact]
    public void Refiner_DoesNotListen_TheSessionEndsAllTheSame()
    {
        var talk = new SimulatedConversation(e => e.Recognizer = new HybridRecognizer(e.Asr, new DeafRecognizer(), TimeSpan.FromSeconds(5), e.Time));
        talk.Start().Hush(200).Speak(1_200).HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        talk.End();

        Assert.Empty(talk.Client.Of<ErrorMessage>());
        Assert.Equal(0, talk.Engines.Asr.OpenStreams);
    }

    [Fact]
    public void Refined_TooLate_IsNotTold()
    {
        var talk = Talk("Hello there, my friend!", latencyMs: 6_000).Start().Hush(200).Speak(1_200);

        talk.Hush(9_000);

        Assert.Empty(talk.Client.Of<AsrRefined>());
        Assert.Equal(0, _remote.OpenStreams);
        talk.End();
    }

    [Fact]
    public void Resume_RefinedBefore_IsRemembered()
    {
        var talk = Talk("Hello there, my friend!", keeps: true).Start().Hush(200).Speak(1_200);
        talk.HushUntil<AsrRefined>();
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        talk.Client.Disconnect();

        talk = talk.Wait(1_000).Resume();
        talk.Say(new TextInput("and now?"));

        Assert.Equal(["Hello there, my friend!", "and now?"], Said(talk.Engines.Chat.Prompts[^1]));
        talk.End();
    }

    [Fact]
    public void Consent_ChangesInMidSession_TheNextUtteranceFollows()
    {
        SimulatedRecognizer? house = null, cloud = null;
        var talk = new SimulatedConversation(e =>
        {
            (house, cloud) = (new SimulatedRecognizer(e.Time) { Texts = ["from the house"] }, new SimulatedRecognizer(e.Time) { Texts = ["from the cloud"] });
            e.Recognizer = new ConsentingRecognizer(cloud, house);
        }).Start().Hush(200).Speak(1_200);
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);

        talk.Say(new SessionUpdate(new SessionConfig { Consent = new ConsentConfig { CloudAudio = true } })).Speak(1_200);
        talk.HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == m.Text);
        talk.Say(new SessionUpdate(new SessionConfig { Consent = new ConsentConfig { CloudAudio = false } })).Speak(1_200);
        talk.HushUntil<AsrFinal>(m => m.TurnId == "t3");

        Assert.Equal(["from the house", "from the cloud", "from the house"], talk.Client.Of<AsrFinal>().Select(m => m.Text));
        Assert.Single(cloud!.Requests);
        talk.End();
    }

    private SimulatedConversation Talk(string refined, int latencyMs = 500, bool keeps = false) => new(
        e =>
        {
            e.Asr.FinalLatency = TimeSpan.FromMilliseconds(70);
            _remote = new SimulatedRecognizer(e.Time) { Texts = [refined], FinalLatency = TimeSpan.FromMilliseconds(latencyMs) };
            e.Recognizer = new HybridRecognizer(e.Asr, _remote, TimeSpan.FromSeconds(5), e.Time);
        },
        keepsSessions: keeps);

    /// <summary>Never opens a stream, and does not let itself be stopped.</summary>
    private sealed class DeafRecognizer : ISpeechRecognizer
    {
        public string Name => "deaf";

        public ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default) =>
            new(new TaskCompletionSource<IRecognitionStream>().Task);
    }

    private static string[] Said(IReadOnlyList<ChatMessage> prompt) => [.. prompt.Where(m => m.Role == ChatRole.User).Select(m => m.Text)];
}
