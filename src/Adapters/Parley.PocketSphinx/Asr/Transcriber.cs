using Parley.Asr;
using Parley.Diagnostics;
using Parley.PocketSphinx.Asr.Topics;

namespace Parley.PocketSphinx.Asr;

/// <summary>Decodes one utterance: the hints first, free dictation where they do not fit.</summary>
internal sealed class Transcriber(
    PocketSphinxOptions options, TimeProvider time, DecoderPool<Decoder> dictation, DecoderPool<Decoder> guided, Guidance? guidance, TopicModel? topic = null) : IDisposable
{
    /// <summary>Frames between two looks at a guided path, and those with energy before the first.</summary>
    private const int Look = Cepstra.Rate * 3 / 10;

    // The likelier path tells which length fits the speaker: of 100 sentences of Flite's voice 98 are better explained by a shorter tract, of the
    // human recordings none, at any of five phases of the frames. Word errors of sixty sentences that had no part in choosing the factor: 9.2 %
    // before, 5.7 % now; 1.04 does nearly as well. No longer tract is tried: the score then prefers it where it loses words (cards-005.wav).
    private static readonly FrequencyWarp s_shortTract = new(1.06);

    private DecoderPool<Decoder>.Lease? _live;
    private DecodingPass? _pass;
    private PartialStabilizer _partials = new();
    private volatile bool _giveWay;
    private int _nextLook;

    /// <summary>Called from any thread when a decoder that makes partials is needed for a final: <see cref="Advance"/> should be cancelled and called again.</summary>
    public Action? Wanted { get; set; }

    /// <summary>Decodes what is there so far, if a decoder is free for that, and gives a partial where there is a new one.</summary>
    public PartialTranscript? Advance(Cepstra cepstra, CancellationToken cancellationToken)
    {
        if (_giveWay) { Release(); }
        if (!options.LivePartials || _giveWay || !IsTime(cepstra)) { return null; }
        _live ??= (guidance is null ? dictation : guided).TryRent(() => { _giveWay = true; Wanted?.Invoke(); });
        if (_live is null) { return null; }
        if (_pass is null)
        {
            if (guidance is null) { _live.Item.UseDictation(topic); } else { guidance.Open(_live.Item); }
            _pass = new(_live.Item, cepstra);
        }
        _pass.Advance(cancellationToken);
        var path = _live.Item.Read();
        if (guidance is null) { return _partials.Update(path.Words, cepstra.Count); }
        _nextLook = cepstra.Count + Look;
        var heard = guidance.Heard(path, options.AnswerThreshold);
        return heard.Count == 0 ? null : _partials.Update(heard, cepstra.Count);
    }

    /// <summary>Decodes the whole utterance.</summary>
    /// <exception cref="VoiceException">No decoder came free, or it took too long (transient), or the decoder failed.</exception>
    public async Task<FinalTranscript> TranscribeAsync(Cepstra cepstra, CancellationToken cancellationToken)
    {
        if (cepstra.Count < DecodingPass.MinFrames) { return FinalTranscript.Empty(PocketSphinxProbe.Name); }
        if (guidance is null) { return TranscriptWriter.Free(await DictateAsync(cepstra, cancellationToken)); }

        Release();
        var hinted = await DecodeAsync(guided, cepstra, (decoder, token) => guidance.Decode(decoder, cepstra, token), cancellationToken);
        if (!guidance.AllowOther || hinted.Confidence >= options.AnswerThreshold) { return TranscriptWriter.Hinted(hinted); }

        var free = await DictateAsync(cepstra, cancellationToken);
        var confidence = DictationConfidence.Of(free);
        if (guidance.Match(free) is { } match) { return TranscriptWriter.Hinted(new(match, free, Decoding.Nothing, Math.Max(confidence, options.AnswerThreshold))); }
        return hinted.Confidence >= confidence ? TranscriptWriter.Hinted(hinted) : TranscriptWriter.Free(free);
    }

    /// <summary>Gives the live decoder back, if it holds one.</summary>
    public void Release()
    {
        if (guidance is not null && _live is not null) { Guidance.Close(_live.Item); }
        _pass = null;
        _live?.Dispose();
        _live = null;
    }

    public void Dispose() => Release();

    private bool IsTime(Cepstra cepstra) => guidance is null
        ? cepstra.Count >= DecodingPass.MinFrames
        : guidance.HasOffers && cepstra.Voiced >= Look && cepstra.Count >= _nextLook;

    // The likelier of two decodings, of the speech as it is and as of a shorter vocal tract. They run side by side.
    private async Task<Decoding> DictateAsync(Cepstra cepstra, CancellationToken cancellationToken)
    {
        var both = await Task.WhenAll(
            Task.Run(() => DictateIfIdle(cepstra, cancellationToken), cancellationToken),
            DictateAsIsAsync(cepstra, cancellationToken));
        var (shorter, asIs) = (both[0], both[1]);
        return shorter.IsEmpty || asIs.IsEmpty || shorter.Score <= asIs.Score ? asIs : shorter; // noise must not become words
    }

    private async Task<Decoding> DictateAsIsAsync(Cepstra cepstra, CancellationToken cancellationToken)
    {
        if (guidance is not null || _pass is null || _giveWay)
        {
            Release();
            return await DecodeAsync(dictation, cepstra, (decoder, token) => Dictate(decoder, cepstra, token), cancellationToken);
        }
        try
        {
            return Limited(token => _pass.Finish(token), cancellationToken);
        }
        finally
        {
            Release();
        }
    }

    // A better transcript is welcome but not worth another speaker's wait.
    private Decoding DictateIfIdle(Cepstra cepstra, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var lease = dictation.TryRent(() =>
        {
            try
            {
                stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It was given back at the same moment.
            }
        });
        if (lease is null) { return Decoding.Nothing; }
        try
        {
            return Limited(token => Dictate(lease.Item, s_shortTract.Apply(cepstra), token), stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Decoding.Nothing;
        }
    }

    private Decoding Dictate(Decoder decoder, Cepstra cepstra, CancellationToken cancellationToken)
    {
        decoder.UseDictation(topic);
        return new DecodingPass(decoder, cepstra).Finish(cancellationToken);
    }

    private async Task<TResult> DecodeAsync<TResult>(
        DecoderPool<Decoder> pool, Cepstra cepstra, Func<Decoder, CancellationToken, TResult> decode, CancellationToken cancellationToken)
    {
        using var lease = await pool.RentAsync(cepstra.Length, options.LeaseTimeout, cancellationToken);
        return Limited(token => decode(lease.Item, token), cancellationToken);
    }

    private TResult Limited<TResult>(Func<CancellationToken, TResult> decode, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.DecodeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return decode(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new VoiceException(VoiceStage.Asr, "Decoding took longer than allowed.", isTransient: true);
        }
    }
}
