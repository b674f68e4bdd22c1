using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Bench.Reporting;
using Parley.Diagnostics;
using Parley.Flite.Tts;
using Parley.Policy;
using Parley.Server;
using Parley.Transports.Protocol;

namespace Parley.Bench.Load;

/// <summary>The server as it is, with the engines that every installation has, and learners who order in its café.</summary>
internal sealed class EmbeddedServer : IAsyncDisposable
{
    private const string LearnerVoice = "rms";

    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(500);

    /// <summary>What its learners come for.</summary>
    public static SessionConfig Cafe { get; } = new() { Scenario = "cafe", Level = CefrLevel.A2 };

    private static readonly string[] s_settings =
    [
        "--Parley:Engines:Vad=silero", "--Parley:Engines:Asr=pocketsphinx", "--Parley:Engines:Reply=tutor", "--Parley:Engines:Tts=flite",
        "--Parley:Store:Enabled=false",
        // What a full machine does to conversations is measured, not kept from them.
        "--Parley:Admission:Enabled=false",
    ];

    private readonly WebApplication _app;
    private readonly MeterListener _listener = new();
    private readonly FliteSynthesizer _voice = new();
    private readonly Dictionary<string, long> _counts = [];

    private EmbeddedServer(WebApplication app)
    {
        _app = app;
        var meter = app.Services.GetRequiredService<ParleyMetrics>().Meter;
        _listener.InstrumentPublished = (instrument, listener) => { if (instrument.Meter == meter) { listener.EnableMeasurementEvents(instrument); } };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (_counts) { _counts[instrument.Name] = _counts.GetValueOrDefault(instrument.Name) + value; }
        });
        _listener.Start();
    }

    /// <summary>The engines that were chosen.</summary>
    public string Engines => string.Join(", ", _app.Services.GetRequiredService<EngineCatalog>().Defaults.Values.Select(c => c.Name));

    public Uri Uri => _app.WebSocketUri();

    /// <summary>Starts it on a free port.</summary>
    /// <param name="settings">Further settings, as on the command line.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="VoiceException">An engine is missing; the message says what to install.</exception>
    public static async Task<EmbeddedServer> StartAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var app = ParleyServer.Build([.. s_settings, .. settings], builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
        });
        app.LoadEngines();
        var server = new EmbeddedServer(app);
        await app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>What a counter of <see cref="ParleyMetrics"/> has come to.</summary>
    public long Count(string instrument) { lock (_counts) { return _counts.GetValueOrDefault(instrument); } }

    /// <summary>Learners talk, one after the other, until so many of their turns were answered.</summary>
    public async Task<IReadOnlyList<TurnRecord>> ConverseAsync(string label, int turns, CancellationToken cancellationToken, SessionConfig? config = null)
    {
        var answered = new List<TurnRecord>();
        var conversations = 0;
        while (answered.Count < turns)
        {
            // A scenario has an end: then the next learner comes.
            var before = answered.Count;
            answered.AddRange(await TalkAsync(conversations, turns - before, cancellationToken, config));
            BenchReport.Progress($"{label}: {answered.Count} of {turns} turns in {++conversations} conversations");
            if (answered.Count == before) { throw new InvalidOperationException("A conversation ended without an answered turn."); }
        }
        return answered;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>One learner talks.</summary>
    /// <param name="first">Which of the offered answers they give first.</param>
    /// <param name="turns">So many turns at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="config">What they come for; null: <see cref="Cafe"/>.</param>
    public async Task<IReadOnlyList<TurnRecord>> TalkAsync(int first, int turns, CancellationToken cancellationToken, SessionConfig? config = null)
    {
        using var speaker = await Speaker.ConnectAsync(Uri, config ?? Cafe, new SpokenAnswers(_voice, LearnerVoice, first), s_breath);
        await new RealTimeLoop().RunAsync(
            () =>
            {
                speaker.Tick();
                return (!speaker.HasFinished && speaker.Turns.Count < turns) || (config?.Feedback is not null && speaker.AwaitsFeedback);
            },
            cancellationToken);
        await speaker.EndAsync();
        return speaker.Turns;
    }
}
