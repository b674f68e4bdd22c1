namespace Parley.Diagnostics;

/// <summary>
/// What a server said of a request that it refused. It may quote the request, so it is told only to whoever made that: it goes into no log, no metric and
/// no other session. Keys are masked.
/// </summary>
/// <param name="Message">The server's words; null: it had none.</param>
/// <param name="Code">What a program may compare, such as <c>context_length_exceeded</c>; null: none.</param>
/// <param name="Param">The field that is wrong; null: none was named.</param>
public sealed record Refusal(string? Message, string? Code, string? Param)
{
    /// <summary>Nothing of it: whatever prints the exception that holds it prints none of the server's words.</summary>
    public override string ToString() => nameof(Refusal);
}
