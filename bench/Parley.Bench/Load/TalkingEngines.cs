using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Policy;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Tts;
using Parley.Vad;

namespace Parley.Bench.Load;

/// <summary>Real ears and a real voice, whatever the assistant has to say.</summary>
internal sealed class TalkingEngines(IVoiceActivityDetector vad, ISpeechRecognizer recognizer, IChatClient reply, ISpeechSynthesizer voice) : IEngineSelector
{
    public SessionEngines Select(SessionConfig config) => new()
    {
        Vad = vad, Asr = recognizer, Turn = new SilenceTurnDetector(), Reply = reply, Tts = [voice],
        Choices = new Dictionary<string, EngineChoice>(),
    };
}
