using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Configuration;

/// <summary>Devices with the EchoKit firmware (<c>Parley:EchoKit</c>).</summary>
public sealed class EchoKitOptions : DeviceOptions
{
    /// <summary>Devices at a time; one more is told to come later.</summary>
    /// <value>The default is 50.</value>
    [Range(1, 100_000, ErrorMessage = "MaxDevices must be 1 to 100000.")]
    public int MaxDevices { get; set; } = 50;

    /// <summary>What a device says when it has connected; empty: nothing.</summary>
    /// <value>The default is "Hello!".</value>
    [StringLength(200, ErrorMessage = "Hello has at most 200 characters.")]
    public string Hello { get; set; } = "Hello!";

    /// <summary>An audio file that it plays instead; empty: there is none.</summary>
    /// <value>The default is empty.</value>
    public string HelloFile { get; set; } = "";

    /// <summary>
    /// How far ahead of the playback position audio is sent. More than other clients need: the firmware holds a sentence back whole when it is slow to come.
    /// </summary>
    /// <value>The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.040", "00:00:05", ErrorMessage = "Lead must be 0.04 to 5 seconds.")]
    public TimeSpan Lead { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether audio is sent as bytes instead of arrays of numbers: two thirds of the traffic. Try it with your firmware first.</summary>
    /// <value>The default is false.</value>
    public bool PacksBytes { get; set; }

    /// <summary>Where devices in recorder mode leave their recordings; empty: there is no recorder mode.</summary>
    /// <value>The default is empty.</value>
    public string RecordingFolder { get; set; } = "";

    /// <summary>The longest recording; at its end the line is closed.</summary>
    /// <value>The default is 30 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "MaxRecording must be 1 second to 1 day.")]
    public TimeSpan MaxRecording { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>All recordings together; when they are so large, nothing more is recorded.</summary>
    /// <value>The default is 1 GiB.</value>
    [Range(1L << 10, 1L << 50, ErrorMessage = "MaxRecordingBytes must be 1024 to 1125899906842624.")]
    public long MaxRecordingBytes { get; set; } = 1L << 30;

    /// <summary>How long a recording is kept.</summary>
    /// <value>The default is 7 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00", ErrorMessage = "KeepRecordings must be 1 minute to 10 years.")]
    public TimeSpan KeepRecordings { get; set; } = TimeSpan.FromDays(7);
}
