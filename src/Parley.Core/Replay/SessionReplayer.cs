using Microsoft.Extensions.Logging.Abstractions;
using Parley.Diagnostics;
using Parley.Recording;
using Parley.Sessions;
using Parley.Time;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Replay;

/// <summary>
/// Runs a recorded session through today's pipeline, on a virtual clock and with the recorded results of its engines, and tells where
/// today's events differ from those of then.
/// </summary>
/// <remarks>Takes milliseconds for minutes. Not thread-safe; one replay at a time.</remarks>
/// <param name="session">Today's bounds and waits.</param>
/// <param name="vad">Today's thresholds of speech.</param>
/// <param name="speculation">Today's speculation.</param>
/// <param name="turn">Today's turn detector.</param>
public sealed class SessionReplayer(SessionOptions session, Vad.VadOptions vad, Pipeline.SpeculationOptions speculation, ITurnDetector turn)
{
    private static readonly TimeSpan s_windingUp = TimeSpan.FromMinutes(2);

    /// <summary>Replays a session.</summary>
    /// <param name="record">What is known of it.</param>
    /// <param name="timeline">Its whole timeline, in order.</param>
    /// <exception cref="StoreException">The recording is damaged, or of a newer version; the message says where.</exception>
    public ReplayReport Replay(SessionRecord record, IReadOnlyList<StoredEntry> timeline)
    {
        var legs = ReplayLeg.Split(timeline);
        var differences = new List<ReplayDifference>();
        var events = 0;
        foreach (var leg in legs)
        {
            var recorded = Recorded(leg).ToList();
            events += recorded.Count;
            // What the recording did not live to see is no difference.
            var replayed = Run(record, leg).Where(e => e.At <= leg.End);
            differences.AddRange(TraceDiff.Compare(EventTrace.Of(recorded), EventTrace.Of(replayed)));
        }
        return new ReplayReport(record.Id, legs[^1].Begin.Version, events, differences);
    }

    private static IEnumerable<(TimeSpan At, ServerMessage Message)> Recorded(ReplayLeg leg) => leg.Entries
        .Where(e => e.Kind == TimelineKinds.Sent).Select(e => (e.At, TimelineJson.Decode(e, ProtocolJson.Default.ServerMessage)));

    private List<(TimeSpan At, ServerMessage Message)> Run(SessionRecord record, ReplayLeg leg)
    {
        var scheduler = new DeterministicScheduler();
        var clock = new ReplayClock(scheduler.Clock, leg.Start);
        var transport = new ReplayTransport(() => clock.Now);
        var store = new InMemorySessionStore(scheduler.Clock);
        var positions = Positions(leg);
        using var metrics = new ParleyMetrics();
        var services = new SessionServices(new RecordedEngines(leg, clock, turn), metrics, scheduler.Clock, NullLogger<VoiceSession>.Instance)
        {
            Options = session,
            Vad = vad,
            Speculation = speculation,
            Store = store,
            NewId = () => record.Id,
            RecordedPositions = (generation, purpose) => positions.TryGetValue((generation, purpose), out var read) && read.TryDequeue(out var sample) ? sample : null,
        };
        var run = scheduler.Start(() => new VoiceSession(transport, services).RunAsync());
        transport.Say(Opening(record, leg, store, scheduler.Clock));
        scheduler.RunUntilIdle();
        foreach (var (at, input) in Inputs(leg))
        {
            if (at > clock.Now) { scheduler.Advance(at - clock.Now); }
            transport.Say(input);
            scheduler.RunUntilIdle();
        }
        if (leg.End > clock.Now) { scheduler.Advance(leg.End - clock.Now); }
        transport.Break();
        scheduler.Run(run, s_windingUp);
        return transport.Sent;
    }

    /// <summary>What the client says first: the session's start, or a resume, before which the store is filled with what was.</summary>
    private static ClientMessage Opening(SessionRecord record, ReplayLeg leg, InMemorySessionStore store, TimeProvider time)
    {
        // The audio in the recording is what the pipeline heard: 16 kHz whatever the client sent.
        var config = leg.Begin.Config;
        if (!leg.Begin.Resumed) { return new SessionStart(record.LearnerId, WithPipelineRate(config)); }
        const string Token = "replay";
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Token));
        store.Begin(record with
        {
            Config = WithPipelineRate(config), StartedAt = time.GetUtcNow() - leg.Start, EndedAt = null,
            Token = new ResumeToken(hash, DateTimeOffset.MaxValue),
        });
        foreach (var entry in leg.Before) { store.Append(record.Id, new TimelineEntry(entry.Number, entry.At, entry.Kind, entry.Data)); }
        return new SessionResume(record.Id, Token, long.MaxValue);
    }

    private static SessionConfig WithPipelineRate(SessionConfig config) =>
        config with { Audio = config.Audio! with { In = config.Audio.In! with { SampleRate = Audio.AudioMath.SpeechRate } } };

    /// <summary>What the client sent. Where its audio was not kept, a window of silence stands for each that was judged.</summary>
    private static IEnumerable<(TimeSpan At, ClientInput Input)> Inputs(ReplayLeg leg)
    {
        var hasAudio = leg.Entries.Any(e => e.Kind == TimelineKinds.Audio);
        foreach (var entry in leg.Entries)
        {
            switch (entry.Kind)
            {
                case TimelineKinds.Audio: yield return (entry.At, new AudioInput(entry.Data)); break;
                case TimelineKinds.Window when !hasAudio: 
                    yield return (entry.At, new AudioInput(new byte[sizeof(short) * TimelineJson.Decode(entry, TimelineJsonContext.Default.RecordedWindow).Samples]));
                    break;
                case TimelineKinds.Invalid: yield return (entry.At, TimelineJson.Decode(entry, TimelineJsonContext.Default.InvalidInput)); break;
                case TimelineKinds.Received:
                    var message = TimelineJson.Decode(entry, ProtocolJson.Default.ClientMessage);
                    if (message is AudioChunk { IsFinal: true }) { yield return (entry.At, new StopListen()); }
                    else if (message is not (AudioChunk or SessionStart or SessionResume)) { yield return (entry.At, message); }
                    break;
            }
        }
    }

    private static Dictionary<(uint, PlaybackPurpose), Queue<long>> Positions(ReplayLeg leg)
    {
        return leg.Entries.Where(e => e.Kind == TimelineKinds.Position)
            .Select(e => TimelineJson.Decode(e, TimelineJsonContext.Default.PositionRead))
            .GroupBy(r => (r.GenerationId, r.Purpose)).ToDictionary(g => g.Key, g => new Queue<long>(g.Select(r => r.Sample)));
    }
}
