using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api.Operations;

/// <summary>Lets in operators alone. Stands behind the check of keys, so who shows none where one is needed was told that already.</summary>
internal sealed class OperatorGate(ApiKeys? keys = null) : IEndpointFilter
{
    private static readonly ApiError s_refused = new(
        403, "This is for operators: show a key of Parley:Gateway:OperatorKeys or, on a server without keys, ask from the machine that it runs on.", Code: "operator_only");

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!(keys?.IsOperator(http) ?? LocalRequest.Is(http))) { throw new ApiException(s_refused); }
        return next(context);
    }
}
