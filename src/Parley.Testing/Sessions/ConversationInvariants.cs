using Microsoft.Extensions.AI;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Testing.Sessions;

/// <summary>What holds of every conversation that has ended, whatever was said when.</summary>
public static class ConversationInvariants
{
    private const int MsAWord = 300;

    /// <summary>Packets of a cancelled reply that left after the word that it is cancelled.</summary>
    public static int StalePackets(SimulatedConversation talk)
    {
        var (cancelled, stale) = (new HashSet<uint>(), 0);
        foreach (var item in talk.Client.All)
        {
            if (item is GenerationCancelled c) { cancelled.Add(c.GenerationId); }
            if (item is AudioPacket p && cancelled.Contains(p.GenerationId)) { stale++; }
        }
        return stale;
    }

    /// <summary>Checks all of them.</summary>
    /// <exception cref="InvalidOperationException">One does not hold; the message says which.</exception>
    public static void Check(SimulatedConversation talk)
    {
        Hold(StalePackets(talk) == 0, "a packet of a cancelled reply left");
        CheckWhatWasSent(talk);
        CheckWhatWasRemembered(talk);
        CheckWhatIsLeft(talk);
    }

    private static void CheckWhatWasSent(SimulatedConversation talk)
    {
        var (cancelled, next) = (new HashSet<uint>(), new Dictionary<uint, long>());
        uint newest = 0;
        var besides = talk.Client.Of<ReplyBegan>().Where(b => b.Beside == true).Select(b => b.GenerationId).ToHashSet();
        foreach (var item in talk.Client.All)
        {
            switch (item)
            {
                case AudioPacket p:
                    Hold(p.GenerationId >= newest, "audio of an older reply left");
                    Hold(next.GetValueOrDefault(p.GenerationId) == p.SampleOffset, "a packet was left out or sent twice");
                    next[p.GenerationId] = p.SampleOffset + p.Samples.Length;
                    newest = p.GenerationId;
                    break;
                case GenerationCancelled c:
                    Hold(cancelled.Add(c.GenerationId), "a reply was cancelled twice");
                    Hold(c.HeardSamples >= 0 && c.HeardSamples <= next.GetValueOrDefault(c.GenerationId), "more was heard than was sent");
                    // What is beside a reply on the floor is read, not heard.
                    Hold(besides.Contains(c.GenerationId) || Words(c.HeardText) == (c.HeardSamples * 1_000 / Rate(talk) + MsAWord / 2) / MsAWord, $"the words heard are not those played: {c}");
                    break;
                case AssistantTextDelta d: Hold(!cancelled.Contains(d.GenerationId), "text of a cancelled reply left"); break;
                case VisemeTimeline v: Hold(!cancelled.Contains(v.GenerationId), "mouth shapes of a cancelled reply left"); break;
            }
        }
        Hold(talk.Client.Messages.Select((m, i) => m.Seq == i + 1).All(right => right), "the sequence has a gap");
        Hold(talk.Client.Of<ErrorMessage>().All(e => e.Code != ErrorCodes.Internal), "the session crashed");
    }

    /// <summary>Each prompt holds, of every reply before it, just the words that the client was told were heard.</summary>
    private static void CheckWhatWasRemembered(SimulatedConversation talk)
    {
        // What a slow client was not told before it was cut off cannot be compared.
        if (talk.Client.SendDelay is not null) { return; }
        var heard = new SortedDictionary<uint, string>();
        foreach (var message in talk.Client.Messages)
        {
            if (message is AssistantTextDone done) { heard[done.GenerationId] = done.HeardText; }
            if (message is GenerationCancelled cancelled) { heard[cancelled.GenerationId] = cancelled.HeardText; }
        }
        // What is said beside the conversation is not remembered.
        foreach (var beside in talk.Client.Of<ReplyBegan>().Where(b => b.Beside == true)) { heard.Remove(beside.GenerationId); }
        var corrected = talk.Client.Said.OfType<Playback>().Where(p => p.State == PlaybackState.Stopped).Select(p => p.GenerationId!.Value).ToHashSet();
        foreach (var prompt in talk.Engines.Chat.Prompts)
        {
            var remembered = prompt.Where(m => m.Role == ChatRole.Assistant).Select(m => Bare(m.Text)).ToArray();
            Hold(
                IsRemembered(remembered, [.. heard], corrected),
                $"the prompt holds\n  {string.Join("\n  ", remembered)}\nbut what was heard is\n  {string.Join("\n  ", heard.Values)}");
        }
    }

    /// <summary>Where the client said itself that it stopped a reply, more or less of it was heard than it had been told, or nothing.</summary>
    private static bool IsRemembered(ReadOnlySpan<string> remembered, ReadOnlySpan<KeyValuePair<uint, string>> heard, HashSet<uint> corrected)
    {
        if (remembered.IsEmpty || heard.IsEmpty) { return remembered.IsEmpty; }
        var (told, found, isCorrected) = (Bare(heard[0].Value), remembered[0], corrected.Contains(heard[0].Key));
        var isThis = told.Length > 0 && (found == told
            || (isCorrected && (found.StartsWith(told, StringComparison.Ordinal) || told.StartsWith(found, StringComparison.Ordinal))));
        // Replies may say the same: that this one is there does not tell it from the next.
        return (isThis && IsRemembered(remembered[1..], heard[1..], corrected))
            || ((told.Length == 0 || isCorrected) && IsRemembered(remembered, heard[1..], corrected));
    }

    private static void CheckWhatIsLeft(SimulatedConversation talk)
    {
        Hold(talk.HasEnded && talk.Client.IsDisposed, "the session did not end");
        Hold(talk.Engines.Asr.OpenStreams == 0, "a recogniser's stream is open");
        Hold(talk.Engines.Vad.OpenStreams == 0, "a detector's stream is open");
        Hold(talk.Engines.Tts.Active == 0, "a synthesiser is at work");
        Hold(talk.Engines.Chat.Active == 0, "a reply is being written");
        Hold(talk.Scheduler.Clock.PendingTimers == 0, "a timer is set");
    }

    private static int Rate(SimulatedConversation talk) => talk.Client.Packets is [var first, ..] ? first.SampleRate : 16_000;

    private static int Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>Without what marks an interruption in a prompt.</summary>
    private static string Bare(string text) => text.TrimEnd(' ', '—', ',', ';', ':');

    private static void Hold(bool condition, string otherwise)
    {
        if (!condition) { throw new InvalidOperationException(otherwise); }
    }
}
