using Parley.Replies.Tools;

namespace Parley.Pipeline;

/// <summary>The tools that a reply has called. They may outlive it: what they answer is recorded and told to the session's loop all the same.</summary>
/// <remarks>Thread-safe: the reply adds, the session's loop asks.</remarks>
internal sealed class ReplyTools(ReplyContext context, bool isRemembered) : IToolObserver
{
    private readonly Lock _lock = new();
    private readonly List<(ToolExchange Call, Task<ToolExchange> Answer)> _calls = [];
    private readonly BackgroundTasks _running = new();

    /// <summary>The calls so far in their order, those that still run without a result.</summary>
    public IReadOnlyList<ToolExchange> Exchanges
    {
        get { lock (_lock) { return [.. _calls.Select(c => c.Answer.IsCompletedSuccessfully ? c.Answer.Result : c.Call)]; } }
    }

    public void OnCalled(ToolExchange call, Task<ToolExchange> answer)
    {
        lock (_lock) { _calls.Add((call, answer)); }
        _running.Add(TellAsync(call, answer));
    }

    /// <summary>Waits until all have answered and the loop knows; no longer than a tool may take.</summary>
    public Task WhenAllAsync() => _running.WhenAllAsync();

    private async ValueTask TellAsync(ToolExchange call, Task<ToolExchange> running)
    {
        var answer = await running;
        // Not by the loop: it may be over, and what was done stays on record.
        context.RecordTool(answer, isRemembered);
        await context.Post(new ToolAnswered(call, answer));
    }
}
