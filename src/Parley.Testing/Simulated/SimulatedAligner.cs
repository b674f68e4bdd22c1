using Parley.Alignment;
using Parley.Diagnostics;
using Parley.Tts;

namespace Parley.Testing.Simulated;

/// <summary>Spreads the phones of a text evenly over the recording. They fit as well as they are told to. No time spent.</summary>
public sealed class SimulatedAligner : IPhoneAligner
{
    private const int FrameSamples = 160;

    public string Name => "simulated";

    /// <summary>The share of the evidence that speaks for the expected phone, by the word's place in the text.</summary>
    public Func<int, float> Quality { get; init; } = _ => 0.9f;

    public ValueTask<PhoneAlignment> AlignAsync(IReadOnlyList<string> words, ReadOnlyMemory<short> samples, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int[][] phones = [.. words.Select(PhonesOf)];
        var (count, frames) = (phones.Sum(p => p.Length), samples.Length / FrameSamples);
        if (count == 0) { throw Refusal("Nothing can be spoken."); }
        if (frames < 10 || frames < count) { throw Refusal("The recording is too short."); }
        var posteriors = new float[frames * PhoneAlignment.Classes];
        Array.Fill(posteriors, -MathF.Log(PhoneAlignment.Classes));
        var next = 0;
        AlignedWord[] aligned = [.. words.Zip(phones, (text, own) => new AlignedWord(text, [.. own.Select(Place)]))];
        for (var word = 0; word < aligned.Length; word++)
        {
            foreach (var phone in aligned[word].Phones) { Fill(phone, Quality(word)); }
        }
        return ValueTask.FromResult(new PhoneAlignment(aligned, posteriors));

        AlignedPhone Place(int phone) => new(phone, next * frames / count, ++next * frames / count);

        void Fill(AlignedPhone phone, float share)
        {
            for (var frame = phone.First; frame < phone.End; frame++)
            {
                var row = posteriors.AsSpan(frame * PhoneAlignment.Classes, PhoneAlignment.Classes);
                row.Fill(MathF.Log((1 - share) / (PhoneAlignment.Classes - 1)));
                row[phone.Phone] = MathF.Log(share);
            }
        }
    }

    private static int[] PhonesOf(string word)
    {
        var letters = string.Concat(word.ToLowerInvariant().Where(char.IsAsciiLetter));
        return letters.Length == 0 ? [] : [.. LetterToSound.Pronounce(letters).Split(' ').Select(Phones.IndexOf)];
    }

    private static VoiceException Refusal(string message) => new(VoiceStage.Coach, message) { Class = FailureClass.UserInput };
}
