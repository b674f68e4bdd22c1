using System.Text.RegularExpressions;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Tts;

namespace Parley.EspeakNg.Tts;

/// <summary>eSpeak NG as the composition root sees it.</summary>
public static partial class EspeakNgEngine
{
    /// <summary>The name that configuration uses.</summary>
    public const string Name = "espeak-ng";

    /// <summary>The last resort for English, and the only engine for most other languages.</summary>
    public const int Priority = 10;

    internal const string Remedy = "apt-get install espeak-ng";

    private static readonly TimeSpan s_probeTimeout = TimeSpan.FromSeconds(2);

    public static EngineRegistration<ISpeechSynthesizer> Registration(EspeakNgOptions? options = null) =>
        new(Name, () => Probe(options), () => new EspeakNgSynthesizer(options), Priority)
        {
            // A process a text, kept warm; some hundred languages, in a voice that learners find hard to follow.
            Attributes = new EngineAttributes { Latency = TimeSpan.FromMilliseconds(40), Accuracy = 0.3, Capacity = (options ?? new EspeakNgOptions()).MaxSpeaking },
        };

    /// <summary>Asks the program for its version.</summary>
    public static EngineStatus Probe(EspeakNgOptions? options = null)
    {
        var program = (options ?? new EspeakNgOptions()).Program;
        try
        {
            var answer = EspeakProcess.Ask(program, s_probeTimeout, "--version");
            var match = Version().Match(answer);
            if (match.Success)
            {
                return new EngineStatus(VoiceStage.Tts, Name, true, match.Groups[1].Value, $"the program {program}, data at {match.Groups[2].Value}");
            }
            return new EngineStatus(VoiceStage.Tts, Name, false, "", $"{program} did not tell its version", Remedy);
        }
        catch (VoiceException e)
        {
            return new EngineStatus(VoiceStage.Tts, Name, false, "", e.Message, Remedy);
        }
    }

    [GeneratedRegex(@"text-to-speech: (\S+)\s+Data at: (\S+)")]
    private static partial Regex Version();
}
