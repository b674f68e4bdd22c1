namespace Parley.Replies.Tools;

/// <summary>Is told of the calls of tools in a reply; it owns those that outlive the reply.</summary>
public interface IToolObserver
{
    /// <summary>A tool was called. Returns at once.</summary>
    /// <param name="call">The call, without a result.</param>
    /// <param name="answer">
    /// The call with its result; never fails. It goes on where the reply is cancelled, for as long as a tool may take at most.
    /// </param>
    void OnCalled(ToolExchange call, Task<ToolExchange> answer);
}
