using System.Text;
using Parley.Transports.Protocol;

namespace Parley.Cli.Demo;

/// <summary>Prints the conversation as it happens, a line for each thing.</summary>
internal sealed class CaptionPrinter(TextWriter output, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly StringBuilder _reply = new();
    private string _partial = "";

    public void Print(ServerMessage message)
    {
        switch (message)
        {
            case SessionReady m: Line("engines", string.Join(", ", m.Engines.Select(e => $"{e.Key} {e.Value.Name}"))); break;
            case StateUpdate m: Line("state", m.State.ToString().ToLowerInvariant()); break;
            case AsrPartial m when m.Text != _partial: Line("you …", _partial = m.Text); break;
            case AsrFinal m: Line("you", $"{m.Text}   (confidence {m.Confidence:0.00})"); break;
            case AssistantTextDelta m: _reply.Append(m.Text); break;
            case AssistantTextDone when _reply.Length > 0: FlushReply(); break;
            case SuggestionsOffered m when m.Items.Count > 0: Line("offers", string.Join(" | ", m.Items.Select(i => i.Text))); break;
            case PlaybackPaused m: Line("paused", $"at sample {m.AtSample}"); break;
            case PlaybackResumed m: Line("resumed", $"at sample {m.AtSample}"); break;
            case GenerationCancelled m: FlushReply(); Line("stopped", $"{(m.Reason == CancelReason.BargeIn ? "by the learner" : m.Reason.ToString().ToLowerInvariant())}; heard: “{m.HeardText}”"); break;
            case Degraded m: Line("degraded", $"{m.Stage}: {m.From} → {m.To}: {m.Why}"); break;
            case ErrorMessage m: Line("error", $"{m.Code}: {m.Message}"); break;
        }
    }

    private void FlushReply()
    {
        if (_reply.Length > 0) { Line("parley", _reply.ToString()); }
        _reply.Clear();
    }

    private void Line(string who, string what) => output.WriteLine($"{time.GetElapsedTime(_start).TotalSeconds,6:0.00} {who,9}  {what}");
}
