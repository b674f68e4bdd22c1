using Parley.Alignment;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.PocketSphinx.Alignment.Model;
using Parley.PocketSphinx.Asr;

namespace Parley.PocketSphinx.Alignment;

/// <summary>Forced alignment by PocketSphinx: its search over the phones of the text, and the posteriors of its states in managed code.</summary>
/// <remarks>
/// All is loaded by the constructor: about 30 MB a decoder, 25 MB for the dictionary, and 15 MB for the states that are scored here. The cepstra that are scored are warped to the vocal tract
/// that makes the text likeliest, so a child's phones are compared with an adult's. Thread-safe.
/// </remarks>
public sealed class PocketSphinxAligner : IPhoneAligner, IDisposable
{
    private readonly PocketSphinxOptions _options;
    private readonly TimeProvider _time;
    private readonly DecoderPool<Decoder> _decoders;
    private readonly Pronunciations _pronunciations;
    private readonly AcousticModel _model;
    private readonly SpeakerNormalisation _speaker;
    private readonly SpeechBeside _beside;

    /// <summary>Loads the model, the dictionary and the decoders.</summary>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="time">The clock of the timeouts; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="VoiceException">The library or a model file is missing or unusable.</exception>
    public PocketSphinxAligner(PocketSphinxOptions? options = null, TimeProvider? time = null)
    {
        _options = (options ?? new()).Validated();
        _time = time ?? TimeProvider.System;
        if (PocketSphinxProbe.Missing(_options) is { } missing) { throw new VoiceException(VoiceStage.Coach, $"{missing} {PocketSphinxProbe.Remedy}"); }
        _model = AcousticModel.Load(_options);
        _speaker = new(_model);
        _beside = new(_model);
        _pronunciations = Pronunciations.Load(_options.Dictionary);
        _decoders = new(_options.AlignerPoolSize, () => Decoder.ForAlignment(_options), _ => false, _time);
    }

    /// <inheritdoc/>
    public string Name => PocketSphinxProbe.Name;

    /// <summary>How the composition root finds this engine.</summary>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="time">The clock of the timeouts; null for the system's.</param>
    public static EngineRegistration<IPhoneAligner> Registration(PocketSphinxOptions? options = null, TimeProvider? time = null) =>
        new(PocketSphinxProbe.Name, () => PocketSphinxProbe.Status(options ?? new()) with { Stage = VoiceStage.Coach }, () => new PocketSphinxAligner(options, time));

    /// <inheritdoc/>
    public async ValueTask<PhoneAlignment> AlignAsync(IReadOnlyList<string> words, ReadOnlyMemory<short> samples, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<int[][]>[] spoken = [.. words.Select(_pronunciations.Of)];
        if (spoken.All(s => s.Count == 0)) { throw Unusable("The text has no word that can be spoken in English."); }
        if (samples.Length > AudioMath.SamplesIn(_options.MaxUtterance, AudioMath.SpeechRate))
        {
            throw Unusable(FormattableString.Invariant($"The recording is longer than {_options.MaxUtterance.TotalSeconds:0} seconds."));
        }
        using var lease = await _decoders.RentAsync(AudioMath.DurationOf(samples.Length, AudioMath.SpeechRate), _options.LeaseTimeout, cancellationToken);
        return await Task.Run(() => Align(lease.Item, words, new AlignmentGrammar(spoken), samples.Span, cancellationToken), cancellationToken);
    }

    /// <summary>Frees the decoders; those in use when they come back.</summary>
    public void Dispose() => _decoders.Dispose();

    private PhoneAlignment Align(Decoder decoder, IReadOnlyList<string> words, AlignmentGrammar grammar, ReadOnlySpan<short> samples, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.DecodeTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            decoder.UseGrammar(AlignmentGrammar.Name, grammar.ToJsgf());
            // Noise removal blurs the borders of phones, but where there is much noise it is what finds them at all.
            var cepstra = Analyse(samples, removeNoise: false);
            var found = Search(decoder, grammar, words, cepstra, either.Token);
            if (found is null) { found = Search(decoder, grammar, words, cepstra = Analyse(samples, removeNoise: true), either.Token); }
            if (found is null) { throw Unusable("The recording does not fit the text: it cannot be aligned with it."); }
            // A child's phones are found better once they sound like an adult's.
            var (warped, voice) = _speaker.Warp(cepstra, _model.InContext(found.Words));
            found = Search(decoder, grammar, words, warped, either.Token) ?? found;
            var insertions = SaidBeside(decoder, grammar, words, warped, found, either.Token);
            var placed = _model.InContext(found.Words);
            var features = _speaker.Centre(warped, placed);
            return new([.. words.Zip(found.Words, (word, phones) => new AlignedWord(word, phones))], _model.LogPosteriors(features), _model.Compare(features, placed))
            {
                Voice = voice, Insertions = [.. insertions.Select(i => i.Speech)],
            };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new VoiceException(VoiceStage.Coach, "Alignment took longer than allowed.", isTransient: true);
        }
        finally
        {
            decoder.Drop(AlignmentGrammar.Name);
        }
    }

    // The phones stay those of the text alone: what is said beside it then spoils the fit of those around it, as it spoils a reading for who listens.
    private IReadOnlyList<InsertedPhones> SaidBeside(Decoder decoder, AlignmentGrammar grammar, IReadOnlyList<string> words, Cepstra cepstra, PathFound plain, CancellationToken cancellationToken)
    {
        decoder.Drop(AlignmentGrammar.Name);
        decoder.UseGrammar(AlignmentGrammar.Name, grammar.ToJsgf(insertions: true));
        var fuller = Search(decoder, grammar, words, cepstra, cancellationToken);
        return fuller is { Insertions.Count: > 0 } ? _beside.Standing(plain, fuller, DynamicFeatures.Of(cepstra)) : [];
    }

    private Cepstra Analyse(ReadOnlySpan<short> samples, bool removeNoise)
    {
        using var frontEnd = new FrontEnd(_options, removeNoise);
        var cepstra = new Cepstra();
        frontEnd.Process(samples, cepstra);
        return cepstra;
    }

    private static PathFound? Search(Decoder decoder, AlignmentGrammar grammar, IReadOnlyList<string> words, Cepstra cepstra, CancellationToken cancellationToken)
    {
        var path = new DecodingPass(decoder, cepstra).Finish(cancellationToken);
        return path.IsEmpty || grammar.Read(path.Words) is not { } phones ? null : new(phones, AlignmentGrammar.Insertions(path.Words, words, phones));
    }

    private static VoiceException Unusable(string message) => new(VoiceStage.Coach, message) { Class = FailureClass.UserInput };
}
