using Parley.Transports.Protocol;

namespace Parley.Cli.Demo;

/// <summary>A turn as a client saw it.</summary>
internal sealed class DemoTurn(string turnId)
{
    public string TurnId { get; } = turnId;

    public string? Transcript { get; set; }

    public string ReplyText { get; set; } = "";

    public string HeardText { get; set; } = "";

    public uint GenerationId { get; set; }

    public bool IsHeard { get; set; }

    public bool Interrupted { get; set; }

    public TurnMetrics? Metrics { get; set; }
}
