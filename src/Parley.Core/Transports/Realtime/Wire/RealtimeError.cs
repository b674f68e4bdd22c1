namespace Parley.Transports.Realtime.Wire;

/// <summary>What a client is told of something that went wrong. What is not known is left out.</summary>
/// <param name="Type">Whose fault it is.</param>
/// <param name="Code">What a program may compare.</param>
/// <param name="Message">A sentence for whoever wrote the client.</param>
/// <param name="Param">The path of the field that is wrong.</param>
/// <param name="EventId">The client's event that caused it.</param>
internal sealed record RealtimeError(string Type, string Code, string Message, string? Param = null, string? EventId = null)
{
    public const string InvalidRequest = "invalid_request_error", ServerError = "server_error";

    public static RealtimeError Invalid(string code, string message, string? param = null) => new(InvalidRequest, code, message, param);

    public static RealtimeError BadValue(string param, string message) => Invalid("invalid_value", message, param);

    public static RealtimeError Missing(string param) => Invalid("missing_required_parameter", $"Missing required parameter: '{param}'.", param);

    public static RealtimeError NoItem(string param, string id) =>
        Invalid("item_not_found", $"There is no item '{(id.Length <= 80 ? id : id[..80])}' in the conversation.", param);

    public static RealtimeError Failure(string code, string message) => new(ServerError, code, message);
}
