using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parley.Diagnostics;
using Parley.Tts;

namespace Parley.EspeakNg.Tts;

/// <summary>Speaks some hundred languages with the eSpeak NG program, at 22.05 kHz.</summary>
/// <remarks>
/// eSpeak NG is under the GPL 3, so it is not linked but run, each text by a process that was started ahead.
/// Phones, visemes and words are approximate: the program tells its phonemes but not their times (see <see cref="EspeakAligner"/>).
/// Thread-safe. Disposing it ends all waiting processes.
/// </remarks>
public sealed class EspeakNgSynthesizer : ISpeechSynthesizer, IAsyncDisposable
{
    private const int PieceCharacters = 250;
    private const int ChunksPerSecond = 5;
    private const int WaveHeader = 44, RateInHeader = 24;

    private readonly EspeakNgOptions _options;
    private readonly EspeakProcessPool _pool;
    private readonly EspeakVoices _voices;

    /// <exception cref="VoiceException">The program is missing.</exception>
    public EspeakNgSynthesizer(EspeakNgOptions? options = null)
    {
        _options = options ?? new EspeakNgOptions();
        _voices = new EspeakVoices(EspeakProcess.Ask(_options.Program, _options.SpeakTimeout, "--voices"));
        Voices = [.. _voices.Names.OrderByDescending(v => v.Equals(_options.DefaultVoice, StringComparison.OrdinalIgnoreCase))];
        if (Voices.Count == 0) { throw new VoiceException(VoiceStage.Tts, $"eSpeak NG has no voices; {EspeakNgEngine.Remedy}."); }
        _pool = new EspeakProcessPool(_options);
        _pool.WarmAsync(EspeakKey.For(Voices[0], 1)).AsTask().Wait(_options.SpeakTimeout);
    }

    public string Name => EspeakNgEngine.Name;

    public IReadOnlyList<string> Voices { get; }

    public bool Supports(string language) => _voices.For(language) is not null;

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        request.Check(this, _options.MaxCharacters);
        var voice = request.Voice is null
            ? _voices.For(request.Language)!
            : Voices.First(v => v.Equals(request.Voice, StringComparison.OrdinalIgnoreCase));
        var key = EspeakKey.For(voice, request.Speed);
        long origin = 0;
        foreach (var piece in TextPieces.Split(request.Text, PieceCharacters))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = new EspeakText(request.Text, piece);
            if (text.Words.Count == 0) { continue; }
            var (samples, rate, phonemes) = await Task.Run(() => SpeakAsync(text.Spoken, key, cancellationToken), cancellationToken);
            if (samples.Length == 0) { continue; }
            var timings = EspeakAligner.Align(samples, rate, phonemes, text);
            for (var start = 0; start < samples.Length; start += rate / ChunksPerSecond)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var length = Math.Min(rate / ChunksPerSecond, samples.Length - start);
                yield return timings.Cut(samples.AsMemory(start, length), rate, start, origin);
            }
            origin += samples.Length;
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async Task<(short[] Samples, int Rate, string Phonemes)> SpeakAsync(string text, EspeakKey key, CancellationToken cancellationToken)
    {
        await _pool.EnterAsync(cancellationToken);
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(_options.SpeakTimeout);
            await using var process = await _pool.RentAsync(key);
            await process.WriteAsync(text, timeout.Token);
            var reading = process.ReadAsync(timeout.Token);
            // The next process starts while this one speaks.
            await _pool.WarmAsync(key);
            var (wave, phonemes) = await reading;
            if (wave.Length <= WaveHeader) { throw new VoiceException(VoiceStage.Tts, "eSpeak NG gave no audio.", isTransient: true); }
            var rate = BinaryPrimitives.ReadInt32LittleEndian(wave.AsSpan(RateInHeader));
            return (MemoryMarshal.Cast<byte, short>(wave.AsSpan(WaveHeader)).ToArray(), rate, phonemes);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new VoiceException(VoiceStage.Tts, "eSpeak NG took too long and was stopped.", isTransient: true);
        }
        catch (IOException e)
        {
            throw new VoiceException(VoiceStage.Tts, "eSpeak NG ended before it had spoken.", isTransient: true, inner: e);
        }
        finally
        {
            _pool.Leave();
        }
    }
}
