using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Parley.Diagnostics;
using Parley.Tts;

namespace Parley.Flite.Tts;

/// <summary>Speaks English with CMU Flite: small, fast (about 100 times real time on one core), and exact about phone times.</summary>
/// <remarks>
/// Thread-safe. Flite keeps state that its voices share (reference counts, the C library's random numbers), so it speaks for one request
/// at a time; a long text gives way to others between its pieces. The same request always gives the same samples.
/// Characters that flite cannot read (emoji, other scripts) are skipped.
/// </remarks>
public sealed class FliteSynthesizer : ISpeechSynthesizer
{
    // About 12 s of speech: long enough for flite's phrasing, short enough to hold up nobody (some 100 ms).
    private const int PieceCharacters = 200;

    private static readonly SemaphoreSlim s_engine = new(1, 1);

    private readonly FliteOptions _options;

    /// <exception cref="VoiceException">libflite or its voices are not installed.</exception>
    public FliteSynthesizer(FliteOptions? options = null)
    {
        _options = options ?? new FliteOptions();
        var installed = FliteVoice.Installed();
        if (installed.Count == 0) { throw new VoiceException(VoiceStage.Tts, $"Flite is not installed; {FliteEngine.Remedy}."); }
        Voices = [.. installed.OrderByDescending(v => string.Equals(v, _options.DefaultVoice, StringComparison.OrdinalIgnoreCase))];
        WarmUp();
    }

    public string Name => FliteEngine.Name;

    public IReadOnlyList<string> Voices { get; }

    /// <summary>English in every region; the voices are American and Scottish.</summary>
    public bool Supports(string language) =>
        language.Equals("en", StringComparison.OrdinalIgnoreCase) || language.StartsWith("en-", StringComparison.OrdinalIgnoreCase);

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        request.Check(this, _options.MaxCharacters);
        var voice = Voices.First(v => request.Voice is null || v.Equals(request.Voice, StringComparison.OrdinalIgnoreCase));
        long origin = 0;
        foreach (var piece in TextPieces.Split(request.Text, PieceCharacters))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = new FliteText(request.Text, piece);
            if (!text.IsSpeakable) { continue; }
            await foreach (var chunk in SpeakAsync(text, voice, request.Speed, origin, cancellationToken))
            {
                origin += chunk.Samples.Length;
                yield return chunk;
            }
        }
    }

    private async IAsyncEnumerable<SpeechChunk> SpeakAsync(
        FliteText text, string voice, double speed, long origin, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Unbounded on purpose: the piece bounds it, and a slow listener must not hold the engine.
        var chunks = Channel.CreateUnbounded<SpeechChunk>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        if (!await s_engine.WaitAsync(_options.QueueTimeout, cancellationToken))
        {
            throw new VoiceException(VoiceStage.Tts, "Flite was busy for too long.", isTransient: true) { Class = FailureClass.Resource };
        }
        var leadingPause = origin == 0 ? _options.LeadingPause : (TimeSpan?)null;
        var work = Task.Run(
            () => Run(() => new FliteSpeech(text, origin, leadingPause, chunks.Writer, stop.Token), voice, speed, chunks.Writer),
            CancellationToken.None);
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(cancellationToken)) { yield return chunk; }
        }
        finally
        {
            await stop.CancelAsync();
            await work;
        }
    }

    // Brings the default voice's data into memory, so that the first turn does not wait for the disk.
    private void WarmUp()
    {
        const string Word = "Hello.";
        if (!s_engine.Wait(_options.QueueTimeout)) { return; }
        var chunks = Channel.CreateUnbounded<SpeechChunk>().Writer;
        Run(() => new FliteSpeech(new FliteText(Word, Range.All), 0, null, chunks, CancellationToken.None), Voices[0], 1, chunks);
    }

    // Gives the engine back itself, so that it is free as soon as the last sample is made, whenever the listener fetches it.
    private static void Run(Func<FliteSpeech> create, string voice, double speed, ChannelWriter<SpeechChunk> output)
    {
        Exception? failure = null;
        try
        {
            using var speech = create();
            speech.Run(voice, speed);
        }
#pragma warning disable CA1031 // It reaches the listener through the channel.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }
        finally
        {
            s_engine.Release();
        }
        output.Complete(failure);
    }
}
