using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Parley.Diagnostics;
using Parley.Transports.Protocol;

namespace Parley.Server.Api.Documentation;

/// <summary><c>GET /openapi/v1.json</c>: the OpenAPI document of all that is below <c>/v1</c>, made from the endpoints themselves.</summary>
internal static class ApiDocument
{
    private const string Scheme = "key";

    public static void AddApiDocument(this IServiceCollection services)
    {
        // As the endpoints write; nothing but the document goes by these.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            json.SerializerOptions.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        });
        services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "Parley", Version = ParleyVersion.Current, Description = "Spoken conversations, and what learners of English are told about them." };
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "One of Parley:Gateway:ApiKeys; where none is configured none is asked for." },
                };
                // The empty one: a key may not be needed.
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }, []];
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(DescribeBodyAsync);
            options.AddSchemaTransformer((schema, context, _) =>
            {
                // Its converter, which refuses numbers, says nothing of what it takes.
                if (context.JsonTypeInfo.Type == typeof(CefrLevel))
                {
                    (schema.Type, schema.Enum) = (JsonSchemaType.String, [.. Enum.GetNames<CefrLevel>().Select(name => (System.Text.Json.Nodes.JsonNode)name)]);
                }
                return Task.CompletedTask;
            });
        });
    }

    public static void MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi();

    private static async Task DescribeBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<TakenBody>().LastOrDefault() is not { } body) { return; }
        var schema = await context.GetOrCreateSchemaAsync(body.Type, cancellationToken: cancellationToken);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { [body.ContentType] = new() { Schema = schema } },
        };
    }
}
