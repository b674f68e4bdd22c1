using Microsoft.AspNetCore.Http;

namespace Parley.Server.Threading;

/// <summary>Runs an endpoint on one of the <see cref="SessionLoops"/>.</summary>
/// <param name="loops">The loops; where the application has registered none, the endpoint stays where it is.</param>
internal sealed class SessionLoopFilter(SessionLoops? loops = null) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (loops is null) { return await next(context); }
        object? result = null;
        await loops.RunAsync(async () => result = await next(context));
        return result;
    }
}
