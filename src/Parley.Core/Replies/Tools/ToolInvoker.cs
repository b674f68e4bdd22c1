using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.Replies.Tools;

/// <summary>Calls tools so that whatever happens becomes a text that the model can read.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ToolInvoker(IReadOnlyList<AIFunction> tools, ToolOptions options, TimeProvider time)
{
    private const string Cut = " … (cut)";

    public AIFunction? Find(string name) => tools.FirstOrDefault(t => t.Name == name);

    /// <summary>Calls a tool.</summary>
    /// <param name="call">What the model asked for.</param>
    /// <param name="context">What the tool may want to know of the user.</param>
    /// <param name="interruption">The reply's end; it stops only a tool that is <see cref="ToolProperties.Interruptible"/>.</param>
    /// <returns>The call with its result. Never fails.</returns>
    public async Task<ToolExchange> InvokeAsync(FunctionCallContent call, UserContext? context, CancellationToken interruption)
    {
        var started = time.GetTimestamp();
        var (outcome, text) = await AnswerAsync(call, context, interruption);
        return ToolExchange.Of(call) with { Outcome = outcome, Result = Clip(text), Duration = time.GetElapsedTime(started) };
    }

    private async Task<(ToolOutcome Outcome, string Text)> AnswerAsync(FunctionCallContent call, UserContext? context, CancellationToken interruption)
    {
        if (call.Exception is not null) { return (ToolOutcome.Refused, "The arguments are not a JSON object."); }
        if (Find(call.Name) is not { } tool)
        {
            return (ToolOutcome.Refused, $"There is no such tool. There are: {string.Join(", ", tools.Select(t => t.Name))}.");
        }
        var mayStop = ToolProperties.Read<bool>(tool, ToolProperties.Interruptible) ? interruption : CancellationToken.None;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(mayStop);
        try
        {
            var arguments = new AIFunctionArguments(call.Arguments) { Context = new Dictionary<object, object?> { [typeof(UserContext)] = context } };
            var result = await tool.InvokeAsync(arguments, stop.Token).AsTask().WaitAsync(options.Timeout, time, mayStop);
            return (ToolOutcome.Answered, ToText(result));
        }
        catch (OperationCanceledException) when (mayStop.IsCancellationRequested)
        {
            return (ToolOutcome.Cancelled, "The user interrupted before there was a result.");
        }
        catch (TimeoutException)
        {
            stop.Cancel();
            return (ToolOutcome.TimedOut, "The tool took too long: there is no result.");
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            return (ToolOutcome.Refused, $"The arguments are wrong: {e.Message}");
        }
#pragma warning disable CA1031 // Whatever a tool throws ends the call, not the reply; its words may be about anything, so they stay here.
        catch (Exception)
#pragma warning restore CA1031
        {
            return (ToolOutcome.Failed, "The tool failed: there is no result.");
        }
    }

    private string Clip(string text) =>
        text.Length <= options.MaxResultCharacters ? text : string.Concat(text.AsSpan(0, options.MaxResultCharacters - Cut.Length), Cut);

    private static string ToText(object? result) => result switch
    {
        null => "Done.",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "Done.",
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        JsonElement json => json.GetRawText(),
        var other => JsonSerializer.Serialize(other, AIJsonUtilities.DefaultOptions),
    };
}
