using Microsoft.Extensions.DependencyInjection;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Opus.Codecs;
using Parley.Server.Api.Audio;
using Parley.SndFile.Codecs;

namespace Parley.Server.Configuration;

/// <summary>What writes and reads audio files, and the endpoints that need it.</summary>
public static class AudioServices
{
    /// <summary>The codecs of this build.</summary>
    public static AudioCodecs Codecs() => new([SndFileEngine.Registration()]);

    /// <summary>What there is of codecs, of files and of streams.</summary>
    public static IEnumerable<EngineStatus> Probe() => [.. Codecs().Probe(), new OpusCodec().Probe()];

    /// <summary>Registers the codecs and <c>/v1/audio</c>.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static void AddAudio(this IServiceCollection services, ParleyConfiguration configuration)
    {
        services.AddSingleton(Codecs());
        services.AddSingleton<IOpusCodec, OpusCodec>();
        services.AddAudioApi(configuration.Read<AudioApiOptions>("AudioApi"));
    }

    internal static void AddAudioApi(this IServiceCollection services, AudioApiOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RunningCalls>();
        services.AddSingleton<AudioModels>();
        services.AddSingleton<SpeechEndpoint>();
        services.AddSingleton<TranscriptionEndpoint>();
    }
}
