using Parley.Audio;
using Parley.Tts;
using Parley.Turns.Interruptions;

namespace Parley.Testing.Speech;

/// <summary>Sounds that come while the assistant speaks: those that should stop it, and those that should not.</summary>
public static class InterruptionTrials
{
    private const int Each = 20;

    private static readonly string[] s_nods = ["mm-hm.", "uh-huh.", "yeah.", "okay.", "right.", "I see.", "wow.", "really."];
    private static readonly string[] s_commands = ["Stop.", "Wait.", "No.", "Hold on.", "Excuse me.", "Wait a moment please.", "But why?", "Can you say that again?"];

    private static readonly string[] s_echoes =
    [
        "The train to London leaves from platform nine at half past seven.",
        "My favourite season is autumn, because the leaves turn red and gold.",
        "You could try the little restaurant behind the station.",
        "I would suggest that we begin with a short conversation.",
    ];

    /// <summary>Whether the assistant should stop for sounds of <paramref name="group"/>.</summary>
    public static bool ShouldStop(string group) => group is "sentence" or "command";

    /// <summary>Coughs, breaths, keyboards and hums.</summary>
    public static IEnumerable<InterruptionTrial> Noises() =>
        from seed in Enumerable.Range(1, Each)
        from sound in new (string Name, short[] Samples)[]
            { ("cough", Sounds.Cough(seed)), ("breath", Sounds.Breath(seed)), ("keyboard", Sounds.Keyboard(seed)), ("hum", Sounds.Hum(seed)) }
        select new InterruptionTrial(sound.Name, $"{sound.Name} {seed}", sound.Samples, InterruptionTrial.Statement);

    /// <summary>People's sentences from WAV files: each file's first three seconds from its first loud sample on, at 16 kHz.</summary>
    public static IEnumerable<InterruptionTrial> Sentences(IEnumerable<string> files) =>
        from file in files
        let wav = WavReader.Read(file)
        select Sentence(Path.GetFileNameWithoutExtension(file), wav.Samples);

    /// <inheritdoc cref="Sentences"/>
    public static InterruptionTrial Sentence(string label, short[] samples)
    {
        var first = Math.Max(0, Array.FindIndex(samples, s => s is > 328 or < -328) - 160);
        return new("sentence", label, samples[first..Math.Min(samples.Length, first + 48_000)], InterruptionTrial.Statement);
    }

    /// <summary>Words of attention, words that ask for the floor, and the assistant's own sentences as they come back through a room.</summary>
    /// <param name="synthesizer">Speaks them all.</param>
    /// <param name="voices">With which voices; the first is the assistant's.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<InterruptionTrial>> SpokenAsync(
        ISpeechSynthesizer synthesizer, IReadOnlyList<string> voices, CancellationToken cancellationToken = default)
    {
        var trials = new List<InterruptionTrial>();
        foreach (var voice in voices)
        {
            foreach (var nod in s_nods) { await AddAsync("nod", nod, voice); }
            foreach (var command in s_commands) { await AddAsync("command", command, voice); }
        }
        var seed = 0;
        foreach (var text in s_echoes)
        {
            var (speech, words) = await ReadAsync(text, voices[0]);
            // A client that holds playback as it is told does so about 100 ms after the onset was noticed; one that does not plays its lead out.
            foreach (var tail in new[] { 0.1, 0.4 })
            {
                var (start, noticed) = ((int)words[2].StartSample, AudioMath.SpeechRate / 10);
                var echo = speech.AsSpan(start, noticed + (int)(tail * AudioMath.SpeechRate));
                var last = words.Last(w => w.StartSample + w.Samples / 2 <= start + noticed);
                var heard = last.TextOffset + last.Word.Length;
                trials.Add(new("echo", $"{text} {tail}", InterruptionTrial.ThroughRoom(echo, ++seed), SpokenContext.From(text[..heard], text[heard..])));
            }
        }
        return trials;

        async Task AddAsync(string group, string text, string voice) =>
            trials.Add(new(group, $"{voice}: {text}", (await ReadAsync(text, voice)).Samples, InterruptionTrial.Statement));

        async Task<(short[] Samples, List<WordSpan> Words)> ReadAsync(string text, string voice)
        {
            var (samples, words) = (new List<short>(), new List<WordSpan>());
            await foreach (var chunk in synthesizer.SynthesizeAsync(new SpeechRequest(text, voice), cancellationToken))
            {
                var speech = chunk.SampleRate == AudioMath.SpeechRate
                    ? chunk.Samples.ToArray() : Resampler.Convert(chunk.Samples.ToArray(), chunk.SampleRate, AudioMath.SpeechRate);
                words.AddRange(chunk.Words.Select(w => w with { StartSample = w.StartSample * AudioMath.SpeechRate / chunk.SampleRate }));
                samples.AddRange(speech);
            }
            return ([.. samples], words);
        }
    }
}
