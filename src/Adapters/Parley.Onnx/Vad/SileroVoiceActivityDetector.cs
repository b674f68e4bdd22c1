using Parley.Diagnostics;
using Parley.Policy;
using Parley.Onnx.Runtime;
using Parley.Vad;

namespace Parley.Onnx.Vad;

/// <summary>Silero, a small recurrent network that tells speech from noise and music. One model serves all streams.</summary>
/// <remarks>
/// With few streams an idle engine answers on the caller's thread, within a fraction of a millisecond, and a busy one answers all that wait together; with many,
/// windows wait a moment for each other. Disposing it fails what waits with <see cref="ObjectDisposedException"/>. Thread-safe.
/// </remarks>
public sealed class SileroVoiceActivityDetector : IVoiceActivityDetector, IDisposable
{
    public const string EngineName = "silero";

    private readonly SileroScheduler _scheduler;
    private readonly bool _sparesSilence;

    /// <exception cref="VoiceException">The library or the model is missing or does not load.</exception>
    public SileroVoiceActivityDetector(SileroOptions? options = null)
    {
        options ??= new SileroOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBatch, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxStreams, 1, nameof(options));
        var api = OrtApi.Load(options.LibraryCandidates);
        var model = options.FoundModel ?? throw new VoiceException(VoiceStage.Vad, "The model silero_vad_v6.onnx was not found.");
        _sparesSilence = options.SpareSilence;
        _scheduler = new SileroScheduler(new SileroModel(api, model, options.MaxBatch), options);
    }

    public string Name => EngineName;

    /// <summary>Where the model is that is used unless options name another; null: nowhere.</summary>
    public static string? ModelFile => new SileroOptions().FoundModel;

    /// <summary>Runs of the model so far, of one window or many.</summary>
    public long Runs => _scheduler.Runs;

    public int WindowSamples => SileroModel.Window;

    /// <summary>What the composition root registers.</summary>
    public static EngineRegistration<IVoiceActivityDetector> Register(SileroOptions? options = null)
    {
        options ??= new SileroOptions();
        return new(EngineName, () => Probe(options), () => new SileroVoiceActivityDetector(options), Priority: 100)
        {
            Attributes = new EngineAttributes { Latency = TimeSpan.FromMilliseconds(1), Accuracy = 0.95, Capacity = options.MaxStreams },
        };
    }

    public IVoiceActivityStream OpenStream()
    {
        var stream = _scheduler.Open();
        return _sparesSilence ? new SilenceGate(stream, WindowSamples) : stream;
    }

    public void Dispose() => _scheduler.Dispose();

    private static EngineStatus Probe(SileroOptions options)
    {
        const string remedy = "Run ./parley setup (npm ci --ignore-scripts --prefix native), or set the library and model paths.";
        try
        {
            var api = OrtApi.Load(options.LibraryCandidates);
            var model = options.FoundModel;
            return model is not null && File.Exists(model)
                ? new(VoiceStage.Vad, EngineName, true, $"ONNX Runtime {api.Version}", $"{model} on {api.LibraryPath}")
                : new(VoiceStage.Vad, EngineName, false, $"ONNX Runtime {api.Version}", "The Silero model was not found.", remedy);
        }
        catch (VoiceException e) { return new(VoiceStage.Vad, EngineName, false, "", e.Message, remedy); }
    }
}
