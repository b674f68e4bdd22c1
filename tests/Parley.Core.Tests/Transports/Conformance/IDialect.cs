using Parley.Diagnostics;
using Parley.Testing.Transports;
using Parley.Transports;

namespace Parley.Core.Tests.Transports.Conformance;

/// <summary>A client of one dialect, as the suite needs it: how it says what every client can say.</summary>
internal interface IDialect
{
    /// <summary>The rate of its microphone.</summary>
    int SampleRate { get; }

    /// <summary>The server's end of a new line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="metrics">The server's.</param>
    /// <param name="time">The clock.</param>
    /// <returns>It, and what is given back when its session has ended.</returns>
    Task<(IVoiceTransport Transport, IDisposable? Seat)> OpenAsync(InMemoryLine line, ParleyMetrics metrics, TimeProvider time);

    /// <summary>What it says first.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isHandHeld">Whether the user holds a button while speaking.</param>
    void Greet(InMemoryLine line, bool isHandHeld);

    /// <summary>60 ms of the microphone.</summary>
    void Hear(InMemoryLine line, short[] samples);

    /// <summary>The user presses the button, or where a device must say so, begins to listen.</summary>
    void Press(InMemoryLine line, bool isHandHeld);

    /// <summary>The user lets the button go.</summary>
    void Release(InMemoryLine line);

    /// <summary>The user wants silence.</summary>
    /// <returns>Whether it takes another line to say so.</returns>
    bool Stop(InMemoryLine line);
}
