using Microsoft.Extensions.Logging.Abstractions;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Resilience;
using Parley.Sessions;
using Parley.Time;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Replay;

/// <summary>
/// Runs a recorded session through today's pipeline and tells where today's events differ from those of then: on a virtual clock with the
/// recorded results of its engines, or in real time with engines of today.
/// </summary>
/// <remarks>With recorded results it takes milliseconds for minutes. Not thread-safe; one replay at a time.</remarks>
/// <param name="session">Today's bounds and waits.</param>
/// <param name="vad">Today's thresholds of speech.</param>
/// <param name="speculation">Today's speculation.</param>
/// <param name="turn">Today's turn detector.</param>
public sealed class SessionReplayer(SessionOptions session, Vad.VadOptions vad, Pipeline.SpeculationOptions speculation, ITurnDetector turn)
{
    private static readonly TimeSpan s_windingUp = TimeSpan.FromMinutes(2);

    /// <summary>Replays a session with the recorded results of its engines.</summary>
    /// <param name="record">What is known of it.</param>
    /// <param name="timeline">Its whole timeline, in order.</param>
    /// <exception cref="StoreException">The recording is damaged, or of a newer version; the message says where.</exception>
    public ReplayReport Replay(SessionRecord record, IReadOnlyList<StoredEntry> timeline)
    {
        var legs = ReplayLeg.Split(timeline);
        return Report(record, legs, [.. legs.Select(leg => Run(record, leg))]);
    }

    /// <summary>Replays a session with engines that run now. It takes as long as the conversation took.</summary>
    /// <param name="record">What is known of it.</param>
    /// <param name="timeline">Its whole timeline, in order, with audio.</param>
    /// <param name="engines">The engines.</param>
    /// <param name="time">The clock that they live by.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The recording is damaged, or has no audio; the message says so.</exception>
    public async Task<ReplayReport> ReplayLiveAsync(
        SessionRecord record, IReadOnlyList<StoredEntry> timeline, IEngineSelector engines, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var legs = ReplayLeg.Split(timeline);
        if (legs.Any(l => !l.HasAudio && l.Entries.Any(JudgedWindows.Has)))
        {
            throw new StoreException("The recording has no audio, for the user had not agreed to that: live engines have nothing to hear.");
        }
        var runs = new List<List<(TimeSpan At, ServerMessage Message)>>();
        foreach (var leg in legs) { runs.Add(await RunLiveAsync(record, leg, engines, time, cancellationToken)); }
        return Report(record, legs, runs);
    }

    private static ReplayReport Report(
        SessionRecord record, IReadOnlyList<ReplayLeg> legs, IReadOnlyList<List<(TimeSpan At, ServerMessage Message)>> replayed)
    {
        var differences = new List<ReplayDifference>();
        var events = 0;
        foreach (var (leg, run) in legs.Zip(replayed))
        {
            var recorded = Recorded(leg).ToList();
            events += recorded.Count;
            // What the recording did not live to see is no difference.
            differences.AddRange(TraceDiff.Compare(
                EventTrace.Of(recorded), EventTrace.Of(run.Where(e => e.At <= leg.End)), EventTrace.CutOff(recorded.Select(e => e.Message))));
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
        using var metrics = new ParleyMetrics();
        var engines = new RecordedEngines(leg, clock, turn);
        var services = Services(record, engines, metrics, scheduler.Clock) with
        {
            Recorded = new RecordedReadings(leg),
        };
        var run = scheduler.Start(() => new VoiceSession(transport, services).RunAsync());
        transport.Say(Opening(record, leg, services.Store!, scheduler.Clock));
        scheduler.RunUntilIdle();
        foreach (var (at, input) in Inputs(leg))
        {
            if (at > clock.Now) { scheduler.Advance(at - clock.Now); }
            if (input is EngineChange change) { engines.Health.Tell(change); } else { transport.Say((ClientInput)input); }
            scheduler.RunUntilIdle();
        }
        if (leg.End > clock.Now) { scheduler.Advance(leg.End - clock.Now); }
        transport.Break();
        scheduler.Run(run, s_windingUp);
        return transport.Sent;
    }

    private async Task<List<(TimeSpan At, ServerMessage Message)>> RunLiveAsync(
        SessionRecord record, ReplayLeg leg, IEngineSelector engines, TimeProvider time, CancellationToken cancellationToken)
    {
        var clock = new ReplayClock(time, leg.Start);
        var transport = new ReplayTransport(() => clock.Now);
        using var metrics = new ParleyMetrics();
        var services = Services(record, engines, metrics, time);
        var run = new VoiceSession(transport, services).RunAsync(cancellationToken);
        transport.Say(Opening(record, leg, services.Store!, time));
        foreach (var (at, input) in Inputs(leg))
        {
            await clock.UntilAsync(at, cancellationToken);
            if (input is ClientInput said) { transport.Say(said); }
        }
        await clock.UntilAsync(leg.End, cancellationToken);
        transport.Break();
        await run.WaitAsync(s_windingUp, time, cancellationToken);
        return transport.Sent;
    }

    private SessionServices Services(SessionRecord record, IEngineSelector engines, ParleyMetrics metrics, TimeProvider time) =>
        new(engines, metrics, time, NullLogger<VoiceSession>.Instance)
        {
            Options = session,
            Vad = vad,
            Speculation = speculation,
            Store = new InMemorySessionStore(time),
            NewId = () => record.Id,
        };

    /// <summary>What the client says first: the session's start, or a resume, before which the store is filled with what was.</summary>
    private static ClientMessage Opening(SessionRecord record, ReplayLeg leg, ISessionStore store, TimeProvider time)
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
        return new SessionResume(record.Id, Token, long.MaxValue, leg.Begin.GoesOn);
    }

    private static SessionConfig WithPipelineRate(SessionConfig config) =>
        config with { Audio = config.Audio! with { In = config.Audio.In! with { SampleRate = Audio.AudioMath.SpeechRate } } };

    /// <summary>
    /// What the client sent, and which engine took over from which. Where the audio was not kept, a window of silence stands for each that was judged.
    /// </summary>
    private static IEnumerable<(TimeSpan At, object Input)> Inputs(ReplayLeg leg)
    {
        var windows = new Queue<JudgedWindow>(leg.HasAudio ? [] : JudgedWindows.Of(leg));
        foreach (var entry in leg.Entries)
        {
            while (windows.TryPeek(out var window) && window.Before <= entry.Number) { yield return Silence(windows.Dequeue()); }
            switch (entry.Kind)
            {
                case TimelineKinds.Audio: yield return (entry.At, new AudioInput(entry.Data)); break;
                case TimelineKinds.EngineChange: yield return (entry.At, TimelineJson.Decode(entry, TimelineJsonContext.Default.EngineChange)); break;
                case TimelineKinds.Invalid: yield return (entry.At, TimelineJson.Decode(entry, TimelineJsonContext.Default.InvalidInput)); break;
                case TimelineKinds.Received:
                    var message = TimelineJson.Decode(entry, ProtocolJson.Default.ClientMessage);
                    if (message is AudioChunk { IsFinal: true }) { yield return (entry.At, new StopListen()); }
                    else if (message is not (AudioChunk or SessionStart or SessionResume)) { yield return (entry.At, message); }
                    break;
            }
        }
    }

    private static (TimeSpan At, object Input) Silence(JudgedWindow window) => (window.At, new AudioInput(new byte[sizeof(short) * window.Window.Samples]));
}
