using Parley.Diagnostics;

namespace Parley.Resilience;

/// <summary>What follows from a failure.</summary>
public static class FailureRules
{
    /// <summary>In <see cref="Exception.Data"/>, <see cref="TimeSpan"/>: how long to wait before the next call.</summary>
    public const string RetryAfterKey = "parley.retry_after";

    /// <summary>What kind of failure it is; what no engine should throw is a failure of the engine.</summary>
    public static FailureClass ClassOf(Exception failure) => failure switch
    {
        VoiceException known => known.Class,
        TimeoutException or IOException => FailureClass.Network,
        OutOfMemoryException => FailureClass.Resource,
        Audio.AudioFormatException => FailureClass.UserInput,
        _ => FailureClass.Dependency,
    };

    /// <summary>How long whoever refused asks to wait; null where nothing was said.</summary>
    public static TimeSpan? RetryAfterOf(Exception failure) => failure.Data[RetryAfterKey] as TimeSpan?;

    /// <summary>Whether another engine may do what this one could not.</summary>
    public static bool CallsForAnother(Exception failure) => failure is not OperationCanceledException && ClassOf(failure) != FailureClass.UserInput;

    /// <summary>Whether it says that the engine is broken; one that is busy, or refuses to do more, is not.</summary>
    internal static bool SpeaksAgainstEngine(Exception failure) =>
        failure is not OperationCanceledException && ClassOf(failure) is FailureClass.Dependency or FailureClass.Network && failure is not Polly.CircuitBreaker.BrokenCircuitException;

    /// <summary>Whether it counts against the engine in what is measured of it.</summary>
    internal static bool IsEnginesFault(Exception failure) => CallsForAnother(failure) && failure is not Polly.CircuitBreaker.BrokenCircuitException;

    /// <summary>Whether the same call may succeed when it is made again at once.</summary>
    internal static bool IsWorthAnotherTry(Exception failure) => failure is VoiceException { IsTransient: true, Class: not (FailureClass.UserInput or FailureClass.Quota) };

    /// <summary>The failure as callers know it.</summary>
    internal static VoiceException ToVoiceException(VoiceStage stage, Exception failure) => failure as VoiceException
        ?? new VoiceException(stage, $"The {stage} engine failed ({failure.GetType().Name}).", isTransient: true, failure) { Class = ClassOf(failure) };
}
