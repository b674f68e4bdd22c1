using Parley.SherpaOnnx;
using Parley.SherpaOnnx.Tts;
using Parley.Testing.Contracts;
using Parley.Tts;

namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>The contract of all synthesisers, kept by voices that read the phones of eSpeak NG.</summary>
public abstract class PhoneVoiceTests : SpeechSynthesizerContract, IDisposable
{
    private readonly ModelFixture _models = new();
    private SherpaSynthesizer? _engine;

    protected override ISpeechSynthesizer Engine => _engine ??= Create("tones", Write, []);

    public void Dispose()
    {
        _engine?.Dispose();
        _models.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract void Write(string folder);

    private protected SherpaSynthesizer Create(string name, Action<string> write, string[] languages)
    {
        ModelFixture.RequireLibrary();
        VoiceModels.RequireData();
        if (!Directory.Exists(_models[name])) { write(_models[name]); }
        var options = ModelFixture.Options(_models[name]);
        foreach (var language in languages) { options.Attributes.Languages.Add(language); }
        return SherpaEngine.CreateSynthesizer(name, options, TimeProvider.System);
    }
}
