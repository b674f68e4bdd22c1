using Microsoft.Extensions.AI;
using Parley.Alignment;
using Parley.Asr;
using Parley.Testing.Contracts;
using Parley.Testing.Simulated;
using Parley.Tts;

namespace Parley.Core.Tests.Simulated;

/// <summary>The simulated engines keep the ports' contracts too: what a test sees of them, it would see of a real one.</summary>
public sealed class SimulatedRecognizerContractTests : SpeechRecognizerContract
{
    private readonly SimulatedRecognizer _recognizer = new(TimeProvider.System) { FinalLatency = TimeSpan.FromMilliseconds(20) };

    protected override ISpeechRecognizer Recognizer => _recognizer;

    protected override short[] Speech { get; } = SimulatedSynthesizer.Tone(3 * 16_000);

    protected override string SpokenWord => "friend";

    protected override int? FreeDecoders => -_recognizer.OpenStreams;
}

public sealed class SimulatedSynthesizerContractTests : SpeechSynthesizerContract
{
    protected override ISpeechSynthesizer Engine { get; } = new SimulatedSynthesizer(TimeProvider.System);
}

public sealed class SimulatedChatClientContractTests : ChatClientContract
{
    protected override IChatClient CreateClient() => new SimulatedChatClient(TimeProvider.System);
}

public sealed class SimulatedAlignerContractTests : PhoneAlignerContract
{
    protected override IPhoneAligner Aligner { get; } = new SimulatedAligner();

    protected override short[] Speech { get; } = SimulatedSynthesizer.Tone(3 * 16_000);

    protected override string Text => "a friend of mine";
}
