using Parley.Diagnostics;
using Parley.Resilience;
using Parley.Sessions;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Pipeline;

/// <summary>Tells client, timeline and metrics that another engine serves a stage.</summary>
/// <remarks>Called by whichever thread finds out.</remarks>
internal sealed class EngineChanges(PipelineContext context)
{
    public void Tell(EngineChange change)
    {
        context.Timeline.Add(TimelineKinds.EngineChange, change);
        if (!change.Recovered) { context.Metrics.DegradedTo(Enum.Parse<VoiceStage>(change.Stage, ignoreCase: true)); }
        try
        {
            context.Outbox.Post(new Degraded(change.Stage, change.From, change.To, change.Why, change.Recovered ? true : null));
        }
        catch (SessionEndedException)
        {
            // Nobody is left to be told.
        }
    }
}
