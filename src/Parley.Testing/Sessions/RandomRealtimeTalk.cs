using Microsoft.Extensions.AI;

namespace Parley.Testing.Sessions;

/// <summary>A client of the Realtime API that does anything at any time: speaks, is silent, cancels, truncates, types, asks, changes its mind.</summary>
public static class RandomRealtimeTalk
{
    private const int Steps = 30;

    private static readonly string[] s_mistakes =
    [
        "{", """{"type":"no.such_event","event_id":"e1"}""", """{"type":"input_audio_buffer.append","audio":"*"}""",
        """{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"silence_duration_ms":0.5}}}}}""",
        """{"type":"conversation.item.truncate","item_id":"nowhere","content_index":0,"audio_end_ms":10}""",
        """{"type":"response.create","response":{"output_modalities":["smell"]}}""",
    ];

    /// <summary>Holds the conversation of that seed to its end.</summary>
    public static RealtimeTalk Hold(int seed)
    {
        var random = new Random(seed);
        var talk = new RealtimeTalk(engines => Vary(engines, random)).Update("""{"audio":{"input":{"transcription":{"model":"whisper-1"}}}}""");
        for (var step = 0; step < Steps; step++) { Act(talk, random); }
        talk.Hush(12_000).Wait(60_000);
        // Nothing is left that blocks the next response.
        var before = talk.Of("response.done").Count;
        talk.Write("The end.", "the_end").Ask();
        talk.WaitUntil("response.done", _ => talk.Of("response.done").Count > before);
        talk.Wait(60_000).End();
        return talk;
    }

    private static void Vary(SimulatedEngines engines, Random random)
    {
        engines.Asr.Texts = ["hello there my friend", "mm-hm", "", "stop", "could you say that again please"];
        engines.Asr.FinalLatency = TimeSpan.FromMilliseconds(random.Next(400));
        engines.Chat.Texts = ["A short answer.", "This answer is a good deal longer, so that it can be interrupted somewhere in its middle."];
        engines.Chat.FirstTokenLatency = TimeSpan.FromMilliseconds(random.Next(500));
        engines.Chat.TokenInterval = TimeSpan.FromMilliseconds(random.Next(30));
        engines.Chat.Usage = new UsageDetails { InputTokenCount = 20, OutputTokenCount = 5 };
        engines.Tts.FirstAudioLatency = TimeSpan.FromMilliseconds(random.Next(200));
        if (random.Next(8) == 0) { engines.Chat.FailsAfter = random.Next(6); }
    }

    private static void Act(RealtimeTalk talk, Random random)
    {
        switch (random.Next(28))
        {
            case < 8: talk.Speak(20 * random.Next(2, 70)); break;
            case < 13: talk.Hush(20 * random.Next(1, 80)); break;
            case 13: talk.Say("""{"type":"response.cancel"}"""); break;
            case 14: talk.Write("typed words", $"item_{random.Next(1_000_000)}").Ask(); break;
            case 15: talk.Ask(random.Next(2) == 0 ? "" : "\"output_modalities\":[\"text\"],"); break;
            case 16: talk.Ask("\"conversation\":\"none\",\"output_modalities\":[\"text\"],\"input\":[],"); break;
            case 17: Truncate(talk, random); break;
            case 18: talk.Say("""{"type":"input_audio_buffer.clear"}"""); break;
            case 19: talk.Say("""{"type":"input_audio_buffer.commit"}"""); break;
            case 20: talk.Append([.. RealtimeTalk.Spoken(20 * random.Next(5, 60)), .. new byte[48 * random.Next(900)]]); break;
            case 21: talk.Say($$"""{"type":"conversation.item.delete","item_id":"{{AnyItem(talk, random)}}"}"""); break;
            case 22: talk.Say($$"""{"type":"conversation.item.retrieve","item_id":"{{AnyItem(talk, random)}}"}"""); break;
            case 23: talk.Update(Pick("""{"audio":{"output":{"format":{"type":"audio/pcmu"}}}}""", """{"audio":{"output":{"format":{"type":"audio/pcm"}}}}""", random)); break;
            case 24: talk.Record($"item_{random.Next(1_000_000)}", 20 * random.Next(2, 90)); break;
            case 25: talk.Say(s_mistakes[random.Next(s_mistakes.Length)]); break;
            default: talk.Update($$$$"""{"type":"realtime","audio":{"input":{"turn_detection":{{{{Detection(random)}}}}}}}"""); break;
        }
    }

    private static void Truncate(RealtimeTalk talk, Random random)
    {
        var spoken = talk.Of("response.output_audio.delta");
        if (spoken.Count == 0) { return; }
        var item = spoken[random.Next(spoken.Count)].GetProperty("item_id").GetString();
        talk.Say($$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":{{random.Next(3_000)}}}""");
    }

    private static string Pick(string one, string other, Random random) => random.Next(2) == 0 ? one : other;

    private static string AnyItem(RealtimeTalk talk, Random random) =>
        talk.Of("conversation.item.added") is { Count: > 0 } added ? added[random.Next(added.Count)].At("item.id").GetString()! : "nowhere";

    private static string Detection(Random random) => random.Next(8) switch
    {
        0 => """{"type":"semantic_vad","eagerness":"high"}""",
        1 => $$"""{"type":"server_vad","silence_duration_ms":{{random.Next(160, 1_200)}},"threshold":0.6,"prefix_padding_ms":{{random.Next(3) * 400}}}""",
        2 or 5 => """{"type":"server_vad","interrupt_response":false}""",
        3 => """{"type":"server_vad","create_response":false,"idle_timeout_ms":5000}""",
        4 => "null",
        _ => """{"type":"semantic_vad"}""",
    };
}
