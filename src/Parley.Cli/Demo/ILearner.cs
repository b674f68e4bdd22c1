using Parley.Transports.Protocol;

namespace Parley.Cli.Demo;

/// <summary>What the person at the microphone does; asked every 20 ms.</summary>
internal interface ILearner
{
    /// <summary>The session's configuration that this learner wants.</summary>
    SessionConfig Config { get; }

    /// <summary>Whether everything was said and answered.</summary>
    bool HasFinished(DemoView view);

    /// <summary>Puts the next 20 ms of the microphone into <paramref name="frame"/>, which is silent.</summary>
    void Speak(Span<short> frame, DemoView view);
}
