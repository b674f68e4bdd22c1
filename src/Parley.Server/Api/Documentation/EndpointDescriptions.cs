using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api.Documentation;

/// <summary>What the OpenAPI document says of endpoints that read and write their bodies themselves.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Describes an endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="tag">Where it belongs.</param>
    /// <param name="summary">What it does, in a line.</param>
    public static TBuilder Describe<TBuilder>(this TBuilder endpoint, string tag, string summary) where TBuilder : IEndpointConventionBuilder => endpoint.WithTags(tag).WithSummary(summary);

    /// <summary>The body that it takes. Unlike the framework's own word for it, this refuses no other content type: clients name many.</summary>
    public static TBuilder Takes<TBuilder>(this TBuilder endpoint, Type body, string contentType = "application/json") where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new TakenBody(body, contentType));

    /// <summary>What it answers where all is well.</summary>
    public static TBuilder Gives<TBuilder>(this TBuilder endpoint, Type body, params string[] contentTypes) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, body, contentTypes is [] ? ["application/json"] : contentTypes));

    /// <summary>It answers nothing where all is well.</summary>
    public static TBuilder GivesNothing<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void)));

    /// <summary>It goes on as a WebSocket.</summary>
    public static TBuilder GivesWebSocket<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status101SwitchingProtocols, typeof(void)));

    /// <summary>It may be refused with the error object.</summary>
    public static TBuilder GivesErrors<TBuilder>(this TBuilder endpoint, params ReadOnlySpan<int> statuses) where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses) { endpoint.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ErrorBody), ["application/json"])); }
        return endpoint;
    }
}

/// <summary>The body that an endpoint takes.</summary>
internal sealed record TakenBody(Type Type, string ContentType);
