using Parley.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Testing.Sessions;

/// <summary>
/// A conversation in which anything may happen at any time: speech, coughs, nods, typed text, interruptions by hand, playback reports good and
/// bad, answers asked for, changed settings, engines that are slow, fail or hang, a client that reads slowly or is cut off. On the virtual clock; the same seed
/// gives the same conversation.
/// </summary>
public static class RandomConversation
{
    private const int Steps = 25;

    private static readonly string[] s_utterances =
        ["one two three", "", "four five six seven", "eight", "yeah", "mm hm okay", "stop", "no wait", "and then i", "right i see what you mean"];

    private static readonly string[] s_replies =
    [
        "A short answer.", "A longer answer, with a clause in it. And a second sentence to follow. And one more?",
        "One. Two. Three. Four. Five. Six. Seven.", "Would you like some tea? We have green and black.",
    ];

    /// <summary>Holds the conversation of <paramref name="seed"/> to its end.</summary>
    /// <returns>The conversation, ended, for <see cref="ConversationInvariants"/>.</returns>
    public static SimulatedConversation Run(int seed)
    {
        var random = new Random(seed);
        var talk = new SimulatedConversation(engines => Vary(engines, random), new SessionOptions { StuckAfter = TimeSpan.FromSeconds(random.Next(3) * 7) });
        if (random.Next(10) == 0) { talk.Client.SendDelay = token => Task.Delay(TimeSpan.FromMilliseconds(random.Next(40)), talk.Scheduler.Clock, token); }
        talk.Start(Config(random));
        var cutOff = random.Next(4) == 0 ? random.Next(Steps) : Steps;
        for (var step = 0; step < cutOff && !talk.HasEnded; step++) { Act(talk, random); }
        if (cutOff == Steps) { Calm(talk); }
        talk.End();
        return talk;
    }

    private static void Vary(SimulatedEngines engines, Random random)
    {
        engines.Asr.Texts = [.. Enumerable.Range(0, 30).Select(_ => Pick(s_utterances, random))];
        engines.Asr.FinalLatency = Latency(random, 400);
        engines.Asr.Fails = random.Next(20) == 0;
        engines.Chat.Texts = [.. Enumerable.Range(0, 30).Select(_ => Pick(s_replies, random))];
        engines.Chat.FirstTokenLatency = Latency(random, 600);
        engines.Chat.TokenInterval = Latency(random, 80);
        engines.Chat.FailsAfter = random.Next(10) == 0 ? random.Next(8) : null;
        engines.Chat.HangsAfter = random.Next(15) == 0 ? random.Next(8) : null;
        engines.Tts.FirstAudioLatency = Latency(random, 300);
        engines.Tts.ChunkInterval = Latency(random, 400);
        engines.Tts.Fails = random.Next(15) == 0;
        engines.Tts.Hangs = random.Next(25) == 0;
        if (random.Next(2) == 0) { engines.TtsFallback = new SimulatedSynthesizer(engines.Time, "fallback"); }
    }

    private static SessionConfig Config(Random random) => new()
    {
        Scenario = random.Next(3) == 0 ? "cafe" : null,
        Audio = new AudioConfig { Out = new AudioOutConfig { SampleRate = random.Next(4) == 0 ? 24_000 : 16_000 } },
        Turn = Turn(random),
    };

    private static TurnConfig Turn(Random random) => new()
    {
        Mode = random.Next(8) == 0 ? TurnMode.PushToTalk : TurnMode.Auto,
        Patience = Pick([Patience.Quick, Patience.Normal, Patience.Learner], random),
        SilenceMs = random.Next(4) == 0 ? random.Next(160, 1_500) : 0,
        Threshold = random.Next(8) == 0 ? 0.7 : 0,
        Respond = random.Next(8) != 0,
        BargeIn = random.Next(4) != 0,
        ListenWhileSpeaking = random.Next(2) == 0,
        MinInterruptionMs = random.Next(4) == 0 ? 0 : random.Next(100, 900),
        MinInterruptionWords = random.Next(1, 4),
    };

    private static void Act(SimulatedConversation talk, Random random)
    {
        switch (random.Next(23))
        {
            case < 4: talk.Speak(20 * random.Next(10, 70)); break;
            case < 7: talk.Speak(20 * random.Next(1, 15)); break;
            case < 12: talk.Hush(20 * random.Next(1, 100)); break;
            case 12: talk.Wait(random.Next(2_500)); break;
            case 13: talk.Say(new Interrupt(random.Next(3) == 0 ? (uint)random.Next(5) : null)); break;
            case 14: talk.Say(new TextInput("typed words")); break;
            case 15: talk.Say(new StartListen(Beside: random.Next(2) == 0)); break;
            case 16: talk.Say(new StopListen()); break;
            case 17: talk.Say(new SessionUpdate(new SessionConfig { Turn = Turn(random) })); break;
            case 19: talk.Say(new CancelListen()); break;
            case 18: talk.Say(new Respond(Beside: random.Next(3) == 0)); break;
            default: Report(talk, random); break;
        }
    }

    /// <summary>What clients report: the truth, late, backwards, beyond the end, of a reply that was cancelled long ago.</summary>
    private static void Report(SimulatedConversation talk, Random random)
    {
        if (talk.Client.Packets is not [.., var last]) { return; }
        var sent = last.SampleOffset + last.Samples.Length;
        var generation = random.Next(5) == 0 ? (uint)random.Next(1, (int)last.GenerationId + 2) : last.GenerationId;
        var position = random.Next(8) switch { 0 => long.MaxValue, 1 => sent + random.Next(20_000), 2 => -random.Next(1_000), _ => random.NextInt64(sent + 1) };
        talk.Say(new Playback(generation, position, Pick([PlaybackState.Playing, PlaybackState.Playing, PlaybackState.Stopped, PlaybackState.Finished], random)));
    }

    /// <summary>Nobody does anything any more, until every wait has run out.</summary>
    private static void Calm(SimulatedConversation talk)
    {
        talk.Say(new StopListen()).Hush(3_000);
        for (var waited = 0; waited < 120 && !talk.HasEnded; waited++) { talk.Wait(1_000); }
        if (!talk.HasEnded && talk.Client.Of<StateUpdate>() is [.., var last] && last.State != TurnState.Idle)
        {
            throw new InvalidOperationException(
                $"Two minutes after the last sound the session is still {last.State}; the server sent:\n{string.Join('\n', talk.Client.Messages.TakeLast(20))}");
        }
    }

    private static TimeSpan Latency(Random random, int most) => TimeSpan.FromMilliseconds(random.Next(most));

    private static T Pick<T>(T[] items, Random random) => items[random.Next(items.Length)];
}
