using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Api;
using Parley.Server.Configuration;

namespace Parley.Server.Transports.Xiaozhi;

/// <summary>What devices with the firmware xiaozhi-esp32 call, at the addresses that other servers have too.</summary>
internal static class XiaozhiRoutes
{
    /// <summary>The conversation.</summary>
    public const string Conversation = "/xiaozhi/v1/";

    /// <summary>Where a device asks at its start where to go.</summary>
    public const string Directions = "/xiaozhi/ota/";

    public static void MapXiaozhi(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<XiaozhiOptions>().Enabled) { return; }
        routes.MapWebSocket(Conversation, (HttpContext context, XiaozhiEndpoint endpoint) => endpoint.ConverseAsync(context));
        routes.MapMethods(Directions, [HttpMethods.Get, HttpMethods.Post], XiaozhiDirections.AnswerAsync);
    }
}
