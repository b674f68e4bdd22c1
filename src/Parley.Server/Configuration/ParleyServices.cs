using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.EspeakNg.Tts;
using Parley.Flite.Tts;
using Parley.Learning.Learners;
using Parley.Learning.Memory;
using Parley.Onnx.Turns;
using Parley.Onnx.Vad;
using Parley.Pipeline;
using Parley.PocketSphinx.Asr;
using Parley.Policy;
using Parley.Policy.Experiments;
using Parley.Qdrant.Http;
using Parley.Replay;
using Parley.Replies;
using Parley.Replies.QuickReplies;
using Parley.Replies.Tools;
using Parley.Replies.Tools.BuiltIn;
using Parley.Server.Api.Documentation;
using Parley.Server.Learning;
using Parley.Server.Quality;
using Parley.Server.Retention;
using Parley.Server.Threading;
using Parley.Sessions;
using Parley.Sqlite.Timeline;
using Parley.Timeline;
using Parley.Tts;
using Parley.Tts.Caching;
using Parley.Turns;
using Parley.Turns.Coaching;
using Parley.Tutor;
using Parley.Vad;
using Parley.WordNet.Tools;

namespace Parley.Server.Configuration;

/// <summary>Puts the engine and its adapters together. A new engine is one line here.</summary>
public static class ParleyServices
{
    /// <summary>Registers everything, reading and checking the configuration at once.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static IServiceCollection AddParley(this IServiceCollection services, ParleyConfiguration configuration)
    {
        var time = TimeProvider.System;
        services.AddSingleton(time);
        services.AddSingleton(configuration.Read<ServerOptions>("Server"));
        services.AddSingleton(configuration.Read<TlsOptions>("Tls"));
        services.AddSingleton(configuration.Read<WebOptions>("Web"));
        var (upstreams, cache) = (new UpstreamEngines(configuration, time), SpeechCaching.Read(configuration, time));
        var records = Records(configuration, upstreams, time);
        var engines = Compose(configuration, time, upstreams, cache, records);
        services.AddSingleton(engines);
        services.AddProbes(engines.Chains!, time);
        services.AddSingleton(p =>
        {
            records.Report(p.GetRequiredService<ParleyMetrics>(), p.GetRequiredService<ILogger<LearnerRecords>>());
            return records;
        });
        services.AddHostedService<RecordOpening>();
        services.AddSingleton<ParleyMetrics>();
        services.AddAudio(configuration);
        services.AddPronunciation(configuration, time);
        services.AddEmbeddings(configuration, upstreams, time);
        services.AddSpeechCache(cache);
        services.AddCoach(configuration, engines);
        services.AddSingleton(configuration.Read<TutorOptions>("Tutor"));
        services.AddSingleton<TurnObserverQueue>();
        services.AddAdmission(configuration, time);
        services.AddSingleton(p => new SessionLoops(p.GetRequiredService<ServerOptions>().SessionThreads ?? Environment.ProcessorCount, time));
        services.AddSingleton(Store(configuration));
        services.AddSingleton(p => SessionStores.Open(
            p.GetRequiredService<StoreOptions>(), time, p.GetRequiredService<ParleyMetrics>(), p.GetRequiredService<ILogger<SqliteSessionStore>>()));
        services.AddSingleton<SessionRetention>();
        services.AddHostedService<RetentionService>();

        var (session, vad, speculation) = Turns(configuration);
        services.AddSingleton(p => new SessionServices(
            p.GetRequiredService<EngineCatalog>(), p.GetRequiredService<ParleyMetrics>(), p.GetRequiredService<SessionLoops>().Time, p.GetRequiredService<ILogger<VoiceSession>>())
        {
            Aside = SessionLoops.Aside,
            Options = session,
            Vad = vad,
            Speculation = speculation,
            Running = p.GetRequiredService<SessionRegistry>(),
            Observers = p.GetRequiredService<TurnObserverQueue>(),
            Coach = p.GetRequiredService<CoachingQueue>(),
            Figures = p.GetRequiredService<FigureLog>(),
            Experiments = p.GetRequiredService<ExperimentDesk>(),
            TraceSpeech = p.GetRequiredService<TelemetryOptions>().Speech,
            Store = p.GetRequiredService<ISessionStore>(),
            Prefetcher = p.GetRequiredService<SpeechPrefetcher>(),
        });
        services.AddEchoKit(configuration);
        services.AddXiaozhi(configuration);
        services.AddSingleton(configuration.Read<RealtimeOptions>("Realtime"));
        services.AddGateway(configuration);
        services.AddTelemetry(configuration);
        services.AddFigures(configuration, engines);
        services.AddApiDocument();
        configuration.RejectUnknown();
        return services;
    }

    /// <summary>Replays sessions with the settings of today.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static SessionReplayer Replayer(ParleyConfiguration configuration)
    {
        var (session, vad, speculation) = Turns(configuration);
        return new SessionReplayer(session, vad, speculation, new EvidenceTurnDetector(TurnEnds(configuration)));
    }

    /// <summary>Where and how long sessions are kept.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static StoreOptions Store(ParleyConfiguration configuration) => configuration.Read<StoreOptions>("Store");

    /// <summary>The engines of this build.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong or names an engine that does not exist; the message names its key.</exception>
    public static EngineCatalog Engines(ParleyConfiguration configuration, TimeProvider time)
    {
        var upstreams = new UpstreamEngines(configuration, time);
        return Compose(configuration, time, upstreams, SpeechCaching.Read(configuration, time), Records(configuration, upstreams, time));
    }

    private static LearnerRecords Records(ParleyConfiguration configuration, UpstreamEngines upstreams, TimeProvider time)
    {
        var options = configuration.Read<LearnerStoreOptions>("Learners");
        var qdrant = configuration.Read<QdrantOptions>("Qdrant");
        try
        {
            return new LearnerRecords(options, time, EmbeddingServices.Coach(configuration, upstreams, options, time), options.Memory == "qdrant" ? new QdrantServer(qdrant, time) : null);
        }
        catch (VoiceException e)
        {
            throw new ConfigurationException($"Parley:Qdrant: {e.Message}", e);
        }
    }

    private static EngineCatalog Compose(ParleyConfiguration configuration, TimeProvider time, UpstreamEngines upstreams, SpeechCache cache, LearnerRecords records)
    {
        var (clarify, tools) = (configuration.Read<ClarifyingOptions>("Clarify"), configuration.Read<ToolOptions>("Tools"));
        var opener = configuration.Read<QuickReplyOptions>("QuickReply");
        var words = WordNetEngine.Registration(configuration.Read<WordNetOptions>("WordNet"));
        var silero = configuration.Read<SileroOptions>("Silero");
        var sherpa = SherpaEngines.Read(configuration, time);
        EngineRegistration<IVoiceActivityDetector>[] vad =
            [SileroVoiceActivityDetector.Register(silero), EnergyVoiceActivityDetector.Registration];
        EngineRegistration<ISpeechRecognizer>[] asr =
            [.. upstreams.Transcription, .. sherpa.Recognizers, PocketSphinxRecognizer.Registration(configuration.Read<PocketSphinxOptions>("PocketSphinx"), time)];
        EngineRegistration<IChatClient>[] reply =
            [.. upstreams.Chat,
             TutorEngine.Registration(configuration.Read<TutorOptions>("Tutor"), time)];
        EngineRegistration<ISpeechSynthesizer>[] tts =
            [.. upstreams.Speech, .. sherpa.Synthesizers, FliteEngine.Registration(configuration.Read<FliteOptions>("Flite")),
             EspeakNgEngine.Registration(configuration.Read<EspeakNgOptions>("EspeakNg"))];
        var (names, turn) = (configuration.Read<EngineOptions>("Engines"), TurnEnds(configuration));
        var turnModel = TurnModel(turn, silero);
        var chooser = new EngineChooser(configuration.Policy(), time);
        try
        {
            return new EngineCatalog(
                names, vad, asr, reply.Select(PooledChatClient.Around), tts, new EvidenceTurnDetector(turn), Decorate, [words], turnModel, ResilienceServices.Chains(configuration, time, cache), chooser);
        }
        catch (VoiceException e)
        {
            // The catalog only refuses names and shares that do not fit: a slip in the configuration, like any other.
            throw new ConfigurationException(e.Message, e);
        }

        // Outermost what must not be doubted: a transcript is certain before a model may call tools for it.
        // An opener bridges the tools' time too.
        IChatClient Decorate(IChatClient client, IWordDictionary? dictionary, IChatClient? quick)
        {
            var remembering = new RecallingChatClient(client, () => records.Recall, time, records.Missed);
            IChatClient reply = tools.Enabled ? new ToolCallingChatClient(remembering, BuiltInTools.Create(dictionary), time, tools) : remembering;
            return new ClarifyingChatClient(quick is null ? reply : new QuickReplyChatClient(reply, quick, opener, time), clarify);
        }
    }

    private static (SessionOptions Session, VadOptions Vad, SpeculationOptions Speculation) Turns(ParleyConfiguration configuration) =>
        (configuration.Read<SessionOptions>("Session"), configuration.Read<VadOptions>("Vad"), configuration.Read<SpeculationOptions>("Speculation"));

    private static TurnOptions TurnEnds(ParleyConfiguration configuration) => configuration.Read<TurnOptions>("Turn");

    private static OnnxTurnModel? TurnModel(TurnOptions options, SileroOptions library)
    {
        try
        {
            return options.Model is { } path ? new OnnxTurnModel(path, options.ModelTimeout, library) : null;
        }
        catch (VoiceException e)
        {
            // It was asked for by name, so a session without it is not what was meant.
            throw new ConfigurationException($"Parley:Turn:Model: {e.Message}", e);
        }
    }
}
