using Parley.Replies;

namespace Parley.Turns.Interruptions;

/// <summary>
/// Tells an interruption from a nod, a noise and the assistant's own echo, by the words that were understood and by what the sound is like.
/// A pure function of its signals, in the order of what is most certain; cheap enough to be asked at every window.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public static class InterruptionFilter
{
    /// <summary>What a nod or a noise may last beyond the set minimum: who goes on for longer wants the floor, whatever the words.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an echo lives after the assistant was held: what the client had ready, the room, and the recogniser's delay.</summary>
    private static readonly TimeSpan s_echoTail = TimeSpan.FromMilliseconds(900);

    /// <summary>Three windows: less says nothing about a sound.</summary>
    private const int FewWindows = 3;

    // Fitted to coughs, breaths, keyboards and hums against the first half second of people's sentences: docs/decisions/0004-pause-then-decide.md.
    private const float NoiseVoiced = 0.26f, NoiseFlatness = 0.1f, FarDb = 20, HumVoiced = 0.8f, HumLow = 0.93f, HumMovement = 2.2f;

    /// <summary>Judges the sound as it is known so far.</summary>
    public static InterruptionVerdict Judge(in InterruptionSignals signals)
    {
        if (signals.Rules.MinSpeech == TimeSpan.Zero) { return new(InterruptionKind.Interruption, "every sound interrupts"); }
        return ByEcho(signals) ?? BySound(signals) ?? ByWords(signals) ?? ByHum(signals) ?? ByLength(signals)
            ?? new(InterruptionKind.Undecided, "too little is known");
    }

    private static InterruptionVerdict? ByEcho(in InterruptionSignals signals) =>
        signals.Said is { } said && signals.Held <= s_echoTail && EchoMatch.IsEcho(SpokenText.Words(signals.Partial), said.Recent)
            ? new(InterruptionKind.Echo, "the words are the assistant's own") : null;

    /// <remarks>Before the words: recognisers hear some in a cough.</remarks>
    private static InterruptionVerdict? BySound(in InterruptionSignals signals)
    {
        var sound = signals.Sound;
        return sound.Windows < FewWindows ? null
            : sound.Voiced <= NoiseVoiced && sound.LongestVoiced <= FewWindows && sound.Flatness >= NoiseFlatness ? new(InterruptionKind.Noise, "no voice in it")
            : signals.SpeakerLevelDb - sound.LevelDb > FarDb ? new(InterruptionKind.Noise, "much quieter than the speaker")
            : null;
    }

    private static InterruptionVerdict? ByWords(in InterruptionSignals signals)
    {
        ReadOnlySpan<string> words = SpokenText.Words(signals.Partial);
        if (words.Length == 0) { return null; }
        if (signals.Said is null) { return words.Length >= signals.Rules.MinWords ? new(InterruptionKind.Interruption, "words") : null; }
        if (signals.Said.AsksNow) { return new(InterruptionKind.Interruption, "it answers the question"); }
        var content = InterruptionWords.WithoutBackchannels(words);
        return InterruptionWords.IsUrgent(content) ? new(InterruptionKind.Interruption, "words that ask for the floor")
            : content.Length >= signals.Rules.MinWords ? new(InterruptionKind.Interruption, "words")
            : content.Length == 0 && IsShort(signals) ? new(InterruptionKind.Backchannel, "words of attention")
            : null;
    }

    private static InterruptionVerdict? ByHum(in InterruptionSignals signals)
    {
        var sound = signals.Sound;
        return signals.Said is { AsksNow: false } && IsShort(signals) && sound.Windows >= FewWindows
            && sound.Voiced >= HumVoiced && sound.Low >= HumLow && sound.Movement <= HumMovement ? new(InterruptionKind.Backchannel, "a hum") : null;
    }

    private static InterruptionVerdict? ByLength(in InterruptionSignals signals) =>
        signals.Speech >= signals.Rules.MinSpeech ? new(InterruptionKind.Interruption, "speech goes on") : null;

    private static bool IsShort(in InterruptionSignals signals) => signals.Speech < signals.Rules.MinSpeech + Grace;
}
