using Microsoft.Extensions.DependencyInjection;
using Parley.Alignment;
using Parley.Diagnostics;
using Parley.Flite.Tts;
using Parley.Learning.Pronunciation;
using Parley.Onnx.Alignment;
using Parley.Onnx.Vad;
using Parley.PocketSphinx.Alignment;
using Parley.PocketSphinx.Asr;
using Parley.Server.Api.Learners;
using Parley.Server.Api.Pronunciation;
using Parley.Server.Learning;
using Parley.Tts;

namespace Parley.Server.Configuration;

/// <summary>What judges pronunciation, for the server and for commands that run none.</summary>
public static class PronunciationServices
{
    /// <summary>For recordings that nobody waits for: a machine that has other work too must not lose any.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>The aligner of this build.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="time">The clock of the timeouts.</param>
    /// <param name="atOnce">How many recordings are aligned at a time; null: as many as configured.</param>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static EngineRegistration<IPhoneAligner> Aligner(ParleyConfiguration configuration, TimeProvider time, int? atOnce = null)
    {
        var options = configuration.Read<PocketSphinxOptions>("PocketSphinx");
        var aligner = PocketSphinxAligner.Registration(atOnce is { } size ? options with { AlignerPoolSize = size, LeaseTimeout = s_patience, DecodeTimeout = 2 * s_patience } : options, time);
        var (model, library) = (configuration.Read<PhoneModelOptions>("PhoneModel"), configuration.Read<SileroOptions>("Silero"));
        return model.Model is null ? aligner : aligner with { Create = () => new CtcPhoneAligner(aligner.Create(), model, library, time) };
    }

    /// <summary>What experts would say, by the coefficients that belong to the aligner.</summary>
    /// <exception cref="ConfigurationException">They cannot be read; the message names the key.</exception>
    public static PronunciationModel Model(ParleyConfiguration configuration)
    {
        if (configuration.Read<PhoneModelOptions>("PhoneModel").Coefficients is not { } path) { return PronunciationModel.Embedded; }
        try
        {
            using var file = File.OpenRead(path);
            return PronunciationModel.Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ConfigurationException($"Parley:PhoneModel:Coefficients: {path} cannot be used. {e.Message}", e);
        }
    }

    /// <summary>Whom readings are compared with: Flite says a text always the same, and at once.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static EngineRegistration<ISpeechSynthesizer> Voice(ParleyConfiguration configuration) => FliteEngine.Registration(configuration.Read<FliteOptions>("Flite"));

    /// <summary>Registers the aligner, <c>/v1/assess</c> and spoken reviews.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    internal static void AddPronunciation(this IServiceCollection services, ParleyConfiguration configuration, TimeProvider time)
    {
        services.AddPronunciationApi(Aligner(configuration, time), Voice(configuration), Model(configuration));
        services.AddSingleton<AttemptEndpoint>();
    }

    internal static void AddPronunciationApi(this IServiceCollection services, EngineRegistration<IPhoneAligner> aligner, EngineRegistration<ISpeechSynthesizer> voice, PronunciationModel? model = null)
    {
        services.AddSingleton(p => new PronunciationJudge(aligner, voice, model, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SpokenForm>();
        services.AddSingleton<AssessEndpoint>();
    }
}
