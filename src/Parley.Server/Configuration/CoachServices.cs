using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.Hunspell.Spelling;
using Parley.Learning.Grammar;
using Parley.Learning.Grammar.Models;
using Parley.Learning.Levels;
using Parley.Lexicon;
using Parley.PocketSphinx.Asr;
using Parley.PocketSphinx.Lexicon;
using Parley.Policy;
using Parley.Server.Api.Grammar;
using Parley.Server.Learning;
using Parley.Spelling;
using Parley.Turns.Coaching;
using Parley.WordNet.Lexicon;
using Parley.WordNet.Tools;

namespace Parley.Server.Configuration;

/// <summary>What corrects learners' sentences.</summary>
public static class CoachServices
{
    /// <summary>What there is of it on this machine.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static IReadOnlyList<EngineStatus> Probe(ParleyConfiguration configuration) =>
        [Words(configuration).Probe(), Speller(configuration).Probe(), Sequences(configuration).Probe()];

    /// <summary>The corrector of this build; what is not installed is left out, but for the classes of words.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    /// <exception cref="VoiceException">WordNet is missing, or a file is damaged.</exception>
    public static Corrector Corrector(ParleyConfiguration configuration)
    {
        var words = Words(configuration);
        var status = words.Probe();
        if (!status.Available) { throw new VoiceException(VoiceStage.Coach, $"Nothing can be corrected: {status.Detail}. {status.Remedy}"); }
        return Corrector(configuration, words.Create());
    }

    /// <summary>Registers <c>/v1/correct</c> and the coach of conversations; what they need is loaded by the first request or turn.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    internal static void AddCoach(this IServiceCollection services, ParleyConfiguration configuration, EngineCatalog engines)
    {
        // Read now, so that a slip is told at the start.
        _ = Speller(configuration);
        var lexicon = new Lazy<IWordClasses?>(() => CreateIf(Words(configuration)));
        services.AddSingleton(lexicon);
        var sequences = new Lazy<INgramModel?>(() => CreateIf(Sequences(configuration)));
        services.AddSingleton(new Lazy<VocabularyBands?>(() => sequences.Value is { } model ? new VocabularyBands(model) : null));
        services.AddSingleton(new Lazy<Corrector>(() => lexicon.Value is { } words ? new Corrector(words, CreateIf(Speller(configuration)), sequences.Value) : Corrector(configuration)));
        var asking = configuration.Read<ModelCorrectorOptions>("Correction");
        if (asking.Model is { } model && !engines.NamesOf(VoiceStage.Reply).Contains(model))
        {
            throw new ConfigurationException($"Parley:Correction:Model: there is no reply engine '{model}'; there are {string.Join(", ", engines.NamesOf(VoiceStage.Reply))}.");
        }
        services.AddSingleton(asking);
        services.AddSingleton(configuration.Policy());
        services.AddSingleton<CorrectionEndpoint>();
        services.AddSingleton<ITurnCoach, ConversationCoach>();
        services.AddSingleton<CoachingQueue>();
    }

    private static Corrector Corrector(ParleyConfiguration configuration, IWordClasses words) => new(words, CreateIf(Speller(configuration)), CreateIf(Sequences(configuration)));

    private static T? CreateIf<T>(EngineRegistration<T> registration) where T : class => registration.Probe().Available ? registration.Create() : null;

    private static EngineRegistration<IWordClasses> Words(ParleyConfiguration configuration) => WordNetLexiconEngine.Registration(configuration.Read<WordNetOptions>("WordNet"));

    private static EngineRegistration<ISpeller> Speller(ParleyConfiguration configuration) => HunspellEngine.Registration(configuration.Read<HunspellOptions>("Hunspell"));

    private static EngineRegistration<INgramModel> Sequences(ParleyConfiguration configuration) => TrigramEngine.Registration(configuration.Read<PocketSphinxOptions>("PocketSphinx"));
}
