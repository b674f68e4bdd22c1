using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Policy.Experiments;
using Parley.Quality;
using Parley.Server.Quality;
using Parley.Timeline;
using Parley.Turns;

namespace Parley.Server.Configuration;

/// <summary>What is kept of how sessions go, and what is tried out on learners.</summary>
public static class FigureServices
{
    /// <summary>Where figures are kept.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static FigureOptions Figures(ParleyConfiguration configuration)
    {
        var (options, sessions) = (configuration.Read<FigureOptions>("Figures"), ParleyServices.Store(configuration));
        if (options.Path is not null) { return options; }
        options.Enabled &= sessions.Enabled;
        try { options.Path = Path.Combine(Path.GetDirectoryName(sessions.ResolvePath())!, "figures.db"); }
        catch (StoreException)
        {
            // There is no place for sessions: said when they are to be kept, and again for figures.
        }
        return options;
    }

    /// <summary>The experiments, by name.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static IReadOnlyDictionary<string, ExperimentOptions> Experiments(ParleyConfiguration configuration) => configuration.ReadNamed<ExperimentOptions>("Experiments");

    /// <exception cref="ConfigurationException">A setting is wrong, or names an engine that does not exist; the message names its key.</exception>
    internal static void AddFigures(this IServiceCollection services, ParleyConfiguration configuration, EngineCatalog engines)
    {
        services.AddSingleton(Figures(configuration));
        services.AddSingleton<FigureLog>();
        services.AddSingleton<ITurnObserver>(p => p.GetRequiredService<FigureLog>());
        services.AddHostedService(p => p.GetRequiredService<FigureLog>());
        var experiments = Experiments(configuration);
        foreach (var (name, experiment) in experiments)
        {
            foreach (var (variant, sets) in experiment.Variants) { Check($"Parley:Experiments:{name}:Variants:{variant}", sets, engines); }
        }
        services.AddSingleton(new ExperimentDesk(experiments));
    }

    /// <summary>Found now, not by the learner whose session it would refuse.</summary>
    private static void Check(string path, VariantOptions sets, EngineCatalog engines)
    {
        foreach (var (key, stage, engine) in ((string, VoiceStage, string?)[])
            [(nameof(sets.Asr), VoiceStage.Asr, sets.Asr), (nameof(sets.Reply), VoiceStage.Reply, sets.Reply), (nameof(sets.Quick), VoiceStage.Reply, sets.Quick), (nameof(sets.Tts), VoiceStage.Tts, sets.Tts)])
        {
            if (engine is null or EngineOptions.Auto || engines.NamesOf(stage).Contains(engine)) { continue; }
            throw new ConfigurationException($"{path}:{key}: there is no engine '{engine}'; there are {string.Join(", ", engines.NamesOf(stage))}.");
        }
    }
}
