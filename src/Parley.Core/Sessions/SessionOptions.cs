using System.ComponentModel.DataAnnotations;

namespace Parley.Sessions;

/// <summary>Bounds and waits of a session.</summary>
public sealed record SessionOptions
{
    /// <summary>How far ahead of the playback position audio is sent.</summary>
    /// <value>The default is 400 milliseconds: enough to ride out a stall of the network, little enough to stop quickly.</value>
    [Range(typeof(TimeSpan), "00:00:00.040", "00:00:05", ErrorMessage = "Lead must be 0.04 to 5 seconds.")]
    public TimeSpan Lead { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Audio before the onset of speech that reaches the recogniser.</summary>
    /// <value>The default is 0.5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:00:02", ErrorMessage = "PreRoll must be 0.02 to 2 seconds.")]
    public TimeSpan PreRoll { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The silence after which the recogniser may begin its final transcript.</summary>
    /// <value>The default is 96 milliseconds, three windows of Silero.</value>
    [Range(typeof(TimeSpan), "00:00:00.030", "00:00:01", ErrorMessage = "SoftEnd must be 0.03 to 1 second.")]
    public TimeSpan SoftEnd { get; set; } = TimeSpan.FromMilliseconds(96);

    /// <summary>The longest utterance; at its end the turn ends.</summary>
    /// <value>The default is 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00", ErrorMessage = "MaxUtterance must be 5 seconds to 5 minutes.")]
    public TimeSpan MaxUtterance { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How far a client's audio may run ahead of real time before it is dropped.</summary>
    /// <value>The default is 3 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:01:00", ErrorMessage = "MaxAudioAhead must be 0.5 to 60 seconds.")]
    public TimeSpan MaxAudioAhead { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The wait for a final transcript.</summary>
    /// <value>The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00", ErrorMessage = "AsrTimeout must be 1 second to 2 minutes.")]
    public TimeSpan AsrTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait for the reply's first text, and for each text after it.</summary>
    /// <value>The default is 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00", ErrorMessage = "ReplyTimeout must be 1 second to 2 minutes.")]
    public TimeSpan ReplyTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The wait for a clause's first audio, and for each chunk after it.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:01:00", ErrorMessage = "TtsTimeout must be 0.5 to 60 seconds.")]
    public TimeSpan TtsTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>While the user speaks: the wait for their next audio. After it their turn ends with what was heard.</summary>
    /// <value>The default is 3 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "NoAudioTimeout must be 1 second to 5 minutes.")]
    public TimeSpan NoAudioTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>While the assistant speaks: the longest time in which no audio leaves. After it the reply is given up.</summary>
    /// <value>The default is 30 seconds, longer than the waits for reply engine, synthesiser and playback.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "NoSpeechTimeout must be 1 second to 5 minutes.")]
    public TimeSpan NoSpeechTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait for a client to take what is sent to it; after it the session ends.</summary>
    /// <value>The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "SendTimeout must be 1 to 60 seconds.")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait for <c>session.start</c> after a client has connected.</summary>
    /// <value>The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "StartTimeout must be 1 second to 5 minutes.")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after its line broke a session can be resumed.</summary>
    /// <value>The default is 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00", ErrorMessage = "ResumeWindow must be 10 seconds to 1 day.")]
    public TimeSpan ResumeWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>When the server shuts down: how long a turn that is under way may take to its end.</summary>
    /// <value>The default is 20 seconds. The server's own ShutdownTimeout must be longer.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00", ErrorMessage = "DrainTimeout must be 0 to 5 minutes.")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>In a scenario: the silence after which the assistant helps a learner who is stuck; 0 never does.</summary>
    /// <value>The default is 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "StuckAfter must be 0 to 10 minutes.")]
    public TimeSpan StuckAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Messages of the conversation that are given to the reply engine.</summary>
    /// <value>The default is 200.</value>
    [Range(2, 2_000, ErrorMessage = "MaxHistory must be 2 to 2000.")]
    public int MaxHistory { get; set; } = 200;
}
