using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Configuration;

/// <summary>Devices with the firmware xiaozhi-esp32 (<c>Parley:Xiaozhi</c>).</summary>
public sealed class XiaozhiOptions : DeviceOptions
{
    /// <summary>The address of the WebSocket that devices are told when they ask where to go; empty: on the host that they asked.</summary>
    /// <value>The default is empty.</value>
    [RegularExpression("^(wss?://.+)?$", ErrorMessage = "WebSocketUrl must begin with ws:// or wss://.")]
    public string WebSocketUrl { get; set; } = "";

    /// <summary>
    /// The key that devices are told when they ask where to go, so that they can show it. Whoever reaches that address gets it: for networks that are trusted.
    /// </summary>
    /// <value>The default is none: the devices have a key, or none is needed.</value>
    public string Token { get; set; } = "";

    /// <summary>Whether a device that comes back within <c>Parley:Session:ResumeWindow</c> goes on with its conversation.</summary>
    /// <value>The default is true.</value>
    public bool Resumes { get; set; } = true;

    /// <summary>Whether a wake word is answered as if it had been said in the conversation; else the device just listens.</summary>
    /// <value>The default is true.</value>
    public bool AnswersWakeWord { get; set; } = true;

    /// <summary>Whether models may use the tools that a device has, such as its volume, its lamps and its camera.</summary>
    /// <value>The default is true.</value>
    public bool OffersTools { get; set; } = true;

    /// <summary>How long nobody may say anything until the line is closed and the device sleeps.</summary>
    /// <value>The default is 2 minutes; the firmware itself gives a silent line up after that.</value>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00", ErrorMessage = "IdleTimeout must be 5 seconds to 1 hour.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
