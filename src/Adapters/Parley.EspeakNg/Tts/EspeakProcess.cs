using System.Diagnostics;
using System.Globalization;
using System.Text;
using Parley.Diagnostics;

namespace Parley.EspeakNg.Tts;

/// <summary>What a process is started for; it cannot be changed afterwards.</summary>
internal readonly record struct EspeakKey(string Voice, int WordsPerMinute)
{
    private const int NormalRate = 175;

    public static EspeakKey For(string voice, double speed) => new(voice, (int)Math.Round(NormalRate * speed));
}

/// <summary>One run of the program: started ahead, it waits for its text and speaks once.</summary>
/// <remarks>
/// A run speaks once because the program marks no boundary between texts in its output; the end of the stream is the only sure one.
/// The text goes through standard input, never onto the command line.
/// </remarks>
internal sealed class EspeakProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_exitTimeout = TimeSpan.FromSeconds(2);

    private readonly Process _process;

    public EspeakProcess(string program, EspeakKey key)
    {
        Key = key;
        _process = Start(
            program, "-v", key.Voice, "-s", key.WordsPerMinute.ToString(CultureInfo.InvariantCulture), "-b", "1",
            "--stdin", "--stdout", "--ipa", "--sep=_", "--phonout=/dev/stderr");
    }

    public EspeakKey Key { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Hands over the text; the process begins to speak.</summary>
    public async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        var input = _process.StandardInput.BaseStream;
        await input.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await input.DisposeAsync();
    }

    /// <summary>Waits for the end of the speech.</summary>
    /// <returns>The WAV stream, and the phonemes (IPA, parted by _, one line a clause).</returns>
    public async Task<(byte[] Wave, string Phonemes)> ReadAsync(CancellationToken cancellationToken)
    {
        using var wave = new MemoryStream();
        var phonemes = _process.StandardError.ReadToEndAsync(cancellationToken);
        await _process.StandardOutput.BaseStream.CopyToAsync(wave, cancellationToken);
        return (wave.ToArray(), await phonemes);
    }

    /// <summary>Kills the process if it still runs, and waits until the system has let go of it.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited) { _process.Kill(); }
            using var timeout = new CancellationTokenSource(s_exitTimeout);
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException or System.ComponentModel.Win32Exception)
        {
            // It was gone already, or will not go; nothing more can be done from here.
        }
        _process.Dispose();
    }

    /// <summary>Runs the program for its printed answer.</summary>
    public static string Ask(string program, TimeSpan timeout, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var answer = process.StandardOutput.ReadToEndAsync();
        if (!Task.WhenAll(errors, answer).Wait(timeout))
        {
            process.Kill();
            throw new VoiceException(VoiceStage.Tts, $"{program} did not answer.", isTransient: true);
        }
        process.WaitForExit(timeout);
        return answer.Result;
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new VoiceException(VoiceStage.Tts, $"The program {program} cannot be started; {EspeakNgEngine.Remedy}.", inner: e) { Class = FailureClass.Resource };
        }
    }
}
