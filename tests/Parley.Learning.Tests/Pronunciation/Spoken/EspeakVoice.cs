using System.Buffers.Binary;
using System.Diagnostics;
using Parley.Audio;

namespace Parley.Learning.Tests.Pronunciation.Spoken;

/// <summary>The program espeak-ng, which speaks many languages, takes phonemes where the stress is to be wrong, and can keep its pitch. A test on a machine without it is skipped.</summary>
internal static class EspeakVoice
{
    private const int Header = 44;

    /// <summary>Says a text.</summary>
    /// <param name="text">The text; in <c>[[…]]</c> phonemes, in <c>&lt;…&gt;</c> SSML.</param>
    /// <param name="voice">The language or voice.</param>
    /// <param name="wordsAMinute">How fast.</param>
    public static async Task<short[]> SayAsync(string text, string voice = "en-us", int wordsAMinute = 150)
    {
        var start = new ProcessStartInfo("espeak-ng", ["-m", "-v", voice, "-s", $"{wordsAMinute}", "--stdout", text]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Start(start);
        if (process is null)
        {
            Assert.Skip("espeak-ng is not installed.");
            return [];
        }
        using var wav = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(wav, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        // The lengths in its header are those of a pipe, so the samples are read as they come.
        var bytes = wav.ToArray().AsSpan();
        var rate = BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]);
        var samples = new short[(bytes.Length - Header) / 2];
        for (var i = 0; i < samples.Length; i++) { samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(Header + (2 * i))..]); }
        return Resampler.Convert(samples, rate, AudioMath.SpeechRate);
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
