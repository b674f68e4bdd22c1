using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Parley.Server.Observability;

namespace Parley.Server.Web;

/// <summary>Gives browsers the web client: its files, and its page at every other address that is not the server's own.</summary>
/// <remarks>It is the last of the routes, so that requests of programs pay nothing for it.</remarks>
internal sealed partial class WebClientFiles
{
    private readonly RequestDelegate _files;

    private WebClientFiles(IApplicationBuilder app, string folder)
    {
        var files = new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), OnPrepareResponse = file => WebHeaders.Apply(file.Context) };
        _files = app.UseResponseCompression().UseStaticFiles(files).Build();
    }

    /// <summary>Maps it where there is one; else says how to come by it.</summary>
    /// <param name="app">Where it is mapped, behind all other routes. Its services hold response compression.</param>
    /// <param name="folder">The built client, or null.</param>
    /// <returns>What gives its page, for addresses that are shared with programs; null where there is no client.</returns>
    public static RequestDelegate? Map(WebApplication app, string? folder)
    {
        if (folder is null)
        {
            LogNone(app.Logger);
            return null;
        }
        var client = new WebClientFiles(((IApplicationBuilder)app).New(), folder);
        app.MapFallback("/{**path}", client.ServeAsync);
        LogFolder(app.Logger, folder);
        return client.ServeAsync;
    }

    private Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        // The client knows its addresses itself; only files have a dot in theirs.
        if (Accepts.Html(request) && !Path.HasExtension(request.Path.Value)) { request.Path = "/" + WebClientFolder.Page; }
        // Files are not given out in an endpoint's place.
        context.SetEndpoint(null);
        return _files(context);
    }

    [LoggerMessage(LogLevel.Information, "The web client is {Folder}.")]
    private static partial void LogFolder(ILogger logger, string folder);

    [LoggerMessage(LogLevel.Information, "There is no web client: ./parley up builds it where npm is installed.")]
    private static partial void LogNone(ILogger logger);
}
