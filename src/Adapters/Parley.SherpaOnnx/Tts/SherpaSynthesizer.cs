using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Parley.Diagnostics;
using Parley.SherpaOnnx.Models;
using Parley.Tts;

namespace Parley.SherpaOnnx.Tts;

/// <summary>Speaks with a neural voice. Audio comes sentence by sentence; its times are estimated, as the library tells none.</summary>
/// <remarks>Thread-safe. The model speaks for one request at a time; a long text gives way to others between its pieces.</remarks>
internal sealed class SherpaSynthesizer : ISpeechSynthesizer, IDisposable
{
    private const int PieceCharacters = 300;

    private readonly SherpaOptions _options;
    private readonly SpeechModel _model;
    private readonly Leases _leases;

    public SherpaSynthesizer(string name, SherpaModel model, SherpaOptions options, TimeProvider time)
    {
        (Name, _options) = (name, options);
        _leases = new Leases(VoiceStage.Tts, name, 1, options.LeaseTimeout, time);
        _model = new SpeechModel(model, options);
        // Kokoro tells the names of its voices.
        string[] told = model.Metadata.GetValueOrDefault("speaker_names")?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        IList<string> names = options.Voices.Count > 0 ? options.Voices : told.Length == _model.Speakers ? told : [];
        Voices = [.. Enumerable.Range(0, _model.Speakers).Select(i => i < names.Count ? names[i] : i.ToString(CultureInfo.InvariantCulture))];
    }

    public string Name { get; }

    public IReadOnlyList<string> Voices { get; }

    public bool Supports(string language) => _options.Attributes.Serves(language);

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        request.Check(this, _options.MaxCharacters);
        var speaker = request.Voice is null ? 0 : Voices.TakeWhile(v => !v.Equals(request.Voice, StringComparison.OrdinalIgnoreCase)).Count();
        var words = TextWords.Find(request.Text);
        long origin = 0;
        foreach (var piece in TextPieces.Split(request.Text, PieceCharacters))
        {
            cancellationToken.ThrowIfCancellationRequested();
            TextWord[] spoken = [.. words.Where(w => w.Offset >= piece.Start.Value && w.Offset < piece.End.Value)];
            if (spoken.Length == 0) { continue; }
            var part = new SpokenPart(request.Text, spoken);
            await foreach (var chunk in SpeakAsync(part, Sayable(request.Text[piece]), speaker, request.Speed, origin, cancellationToken))
            {
                origin += chunk.Samples.Length;
                yield return chunk;
            }
        }
        // What it cannot read, such as another script, it leaves out; but a voice that says nothing of plain letters is broken.
        if (origin == 0 && words.Any(w => w.Word.AsSpan().ContainsAnyInRange('a', 'z')))
        {
            throw new VoiceException(VoiceStage.Tts, $"{Name} made no audio of the text.");
        }
    }

    public void Dispose()
    {
        _model.Dispose();
        _leases.Dispose();
    }

    private async IAsyncEnumerable<SpeechChunk> SpeakAsync(
        SpokenPart part, string text, int speaker, double speed, long origin, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lease = await _leases.TakeAsync(cancellationToken);
        // Unbounded on purpose: the piece bounds it, and a slow listener must not hold the model.
        var chunks = Channel.CreateUnbounded<SpeechChunk>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var work = Task.Run(() => Run(lease, part, text, speaker, speed, origin, chunks.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(cancellationToken)) { yield return chunk; }
        }
        finally
        {
            // The model stops after the sentence that it is at, and its lease comes back then: nobody has to wait for that.
            await stop.CancelAsync();
            if (!cancellationToken.IsCancellationRequested) { await work; }
        }
    }

    private void Run(
        Leases.Lease lease, SpokenPart part, string text, int speaker, double speed, long origin, ChannelWriter<SpeechChunk> output, CancellationToken stop)
    {
        Exception? failure = null;
        try
        {
            _model.Speak(text, speaker, speed, (samples, progress) =>
            {
                if (stop.IsCancellationRequested) { return false; }
                if (samples.Length == 0) { return true; }
                var chunk = part.Cut(ToPcm(samples), _model.SampleRate, progress, origin);
                origin += samples.Length;
                output.TryWrite(chunk);
                return !stop.IsCancellationRequested;
            });
        }
#pragma warning disable CA1031 // It reaches the listener through the channel.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }
        finally
        {
            lease.Dispose();
        }
        output.Complete(failure);
    }

    /// <summary>Only what can be said: the library writes to its log what it cannot read, and a log is no place for speech.</summary>
    private static string Sayable(string text)
    {
        var sayable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var spoken = Rune.IsLetterOrDigit(rune) || rune.Value is '.' or ',' or '!' or '?' or ';' or ':' or '\'' or '’' or '-' or '%' or '$' or '&'
                || (rune.Value > 0x7F && Rune.IsPunctuation(rune)) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (spoken) { sayable.Append(rune); }
            else { sayable.Append(' '); }
        }
        return sayable.ToString().Trim();
    }

    private static short[] ToPcm(ReadOnlySpan<float> samples)
    {
        var pcm = new short[samples.Length];
        for (var i = 0; i < pcm.Length; i++) { pcm[i] = (short)Math.Clamp(MathF.Round(samples[i] * 32_767f), short.MinValue, short.MaxValue); }
        return pcm;
    }
}
