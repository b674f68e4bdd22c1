using System.Runtime.CompilerServices;
using Parley.Diagnostics;
using Parley.Transports.Protocol;
using Parley.Tts;
using Parley.Turns;

namespace Parley.Pipeline;

/// <summary>
/// Speaks the clauses of one reply. A synthesiser that fails before a clause's first audio is replaced by its fallback; where there is none
/// left the reply goes on as text, and the next reply tries the last one again. Most sessions have one synthesiser here, which falls back by itself.
/// </summary>
internal sealed class ReplySpeaker(ReplyContext context, Turn turn, SessionConfig config, uint segment, long firstSample)
{
    private uint _segment = segment;
    private long _nextSample = firstSample;
    private bool _hasTried;

    /// <summary>The segment that the next clause becomes.</summary>
    public uint Segment => _segment;

    /// <summary>Where the next clause begins.</summary>
    public long NextSample => _nextSample;

    public async IAsyncEnumerable<SpokenPiece> SpeakAsync(Clause clause, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wasText = !context.HasVoice && !_hasTried && context.Engines.Tts.Count > 0;
        _hasTried = true;
        while (wasText || context.HasVoice)
        {
            var engine = context.Engines.Tts[wasText ? ^1 : context.TtsIndex];
            var voice = engine.Voices.Contains(config.Voice) ? config.Voice : null;
            var request = new SpeechRequest(clause.Spoken, voice, config.Language!, config.Speed ?? 1);
            var segment = new SegmentBuilder(clause, _segment, _nextSample, config.Audio!.Out!.SampleRate!.Value);
            Exception? failure = null;
            var heard = false;

            turn.Clock.Mark(TurnMoment.ClauseAsked);
            await using var chunks = new PatientReader<SpeechChunk>(
                token => engine.SynthesizeAsync(request, token), context.Options.TtsTimeout, context.Time, cancellationToken);
            while (true)
            {
                try
                {
                    if (!await chunks.MoveNextAsync(cancellationToken)) { break; }
                }
                catch (Exception e) when (e is VoiceException or TimeoutException)
                {
                    failure = e;
                    break;
                }
                turn.Clock.Mark(TurnMoment.ClauseAudio);
                heard = true;
                if (wasText)
                {
                    wasText = false;
                    await RecoverAsync(engine, cancellationToken);
                }
                yield return segment.Add(chunks.Current);
            }

            if (segment.Finish() is { } rest) { yield return rest; }
            _nextSample = segment.EndSample;
            _segment++;
            if (failure is null || wasText) { yield break; }
            // Broken off in mid-clause, the last one is asked again for the next: by itself it may know another way.
            if (heard && context.TtsIndex == context.Engines.Tts.Count - 1) { yield break; }
            await FallBackAsync(engine, failure, cancellationToken);
            if (heard) { yield break; }
        }
    }

    private async ValueTask RecoverAsync(ISpeechSynthesizer engine, CancellationToken cancellationToken)
    {
        context.TtsIndex = context.Engines.Tts.Count - 1;
        await context.Outbox.PostAsync(new Degraded("tts", "text", engine.Name, $"{engine.Name} speaks again", Recovered: true), null, cancellationToken);
    }

    private async ValueTask FallBackAsync(ISpeechSynthesizer engine, Exception failure, CancellationToken cancellationToken)
    {
        context.TtsIndex++;
        context.Metrics.DegradedTo(VoiceStage.Tts);
        var to = context.TtsIndex < context.Engines.Tts.Count ? context.Engines.Tts[context.TtsIndex].Name : "text";
        var why = failure is TimeoutException ? $"no audio within {context.Options.TtsTimeout.TotalSeconds:0.#} s" : failure.Message;
        await context.Outbox.PostAsync(new Degraded("tts", engine.Name, to, why), null, cancellationToken);
        if (to == "text")
        {
            context.Metrics.ErrorSent(ErrorCodes.EngineFailed);
            await context.Outbox.PostAsync(
                new ErrorMessage(ErrorCodes.EngineFailed, $"No synthesiser is left: {why}", "tts", Retryable: false), null, cancellationToken);
        }
    }
}
