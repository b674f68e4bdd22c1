using Parley.Testing.Sessions;

namespace Parley.Core.Tests.Transports.Conformance;

/// <summary>The same conversations in every dialect come to the same turns, memory and cancellations as in the native one.</summary>
public sealed class ConformanceTests
{
    private const string Answer = "One two three four five six seven eight nine ten.";

    public static MatrixTheoryData<string, string> Cases => new(["realtime", "echokit", "xiaozhi"], [.. s_scripts.Keys]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Script_InAnyDialect_ComesToTheSame(string dialect, string script)
    {
        var native = Act("native", script);

        Assert.Equal(native, Act(dialect, script));
    }

    /// <summary>What the scripts come to at all, so that the dialects do not agree on nothing.</summary>
    [Theory]
    [InlineData("two turns", "reply 2 is over")]
    [InlineData("an interruption", "reply 1 is cancelled: BargeIn")]
    [InlineData("a nod", "a sound was Backchannel")]
    [InlineData("going on", "user goes on")]
    [InlineData("stopped by hand", "reply 1 is cancelled: Interrupt")]
    [InlineData("hung up on", "reply 1 begins")]
    [InlineData("nothing understood", "turn t1 is over")]
    [InlineData("push to talk", "reply 2 is over")]
    [InlineData("a model that fails", "error engine_failed")]
    public void Script_Native_ComesToIt(string script, string outcome) => Assert.Contains(outcome, Act("native", script));

    private static readonly Dictionary<string, Script> s_scripts = new()
    {
        ["two turns"] = new(talk => talk.Say(1_200).Hush(4_200).Say(900).Hush(4_200)),
        ["an interruption"] = new(talk => talk.Say(1_200).Hush(900).Speak(1_200).Hush(6_000)),
        ["a nod"] = new(talk => talk.Say(1_200).Hush(900).Speak(240).Hush(6_000), e => e.Asr.Texts = ["hello there my friend", "mm-hm"]),
        ["going on"] = new(talk => talk.Speak(1_200).Hush(480).Speak(900).Hush(6_000), e => e.Chat.FirstTokenLatency = TimeSpan.FromMilliseconds(900)),
        ["stopped by hand"] = new(talk => talk.Say(1_200).Hush(900).Stop().Hush(900).Say(900).Hush(5_000)),
        ["hung up on"] = new(talk => talk.Say(1_200).Hush(900)),
        ["nothing understood"] = new(talk => talk.Say(600).Hush(900).Say(1_200).Hush(5_000), e => e.Asr.Texts = ["", "hello there my friend"]),
        ["push to talk"] = new(talk => talk.Say(1_200).Hush(5_000).Say(900).Hush(5_000), IsHandHeld: true),
        ["a model that fails"] = new(talk => talk.Say(1_200).Hush(5_000), e => e.Chat.FailsAfter = 3),
    };

    private static IReadOnlyList<string> Act(string dialect, string name)
    {
        var script = s_scripts[name];
        var talk = new Conversation(
            time => dialect switch
            {
                "native" => new NativeDialect(),
                "realtime" => new RealtimeDialect(),
                "echokit" => new EchoKitDialect(time),
                _ => new XiaozhiDialect(time),
            },
            engines =>
            {
                engines.Chat.Texts = [Answer];
                script.Engines?.Invoke(engines);
            },
            script.IsHandHeld);
        script.Act(talk);
        return talk.End();
    }

    private sealed record Script(Action<Conversation> Act, Action<SimulatedEngines>? Engines = null, bool IsHandHeld = false);
}
