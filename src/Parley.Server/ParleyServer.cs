using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Server.Api;
using Parley.Server.Api.Documentation;
using Parley.Server.Configuration;
using Parley.Server.Observability;
using Parley.Server.Threading;
using Parley.Server.Tls;
using Parley.Server.Transports.EchoKit;
using Parley.Server.Transports.Native;
using Parley.Server.Transports.Realtime;
using Parley.Server.Transports.Xiaozhi;
using Parley.Server.Web;

namespace Parley.Server;

/// <summary>The server, ready to run: for <c>parley serve</c>, for the demo that runs it in its own process, and for tests.</summary>
public static partial class ParleyServer
{
    /// <summary>Builds it; engines are loaded by <see cref="LoadEngines"/>, nothing listens before it is started.</summary>
    /// <param name="args">Configuration as <c>--Parley:Section:Key value</c>; files and environment come before it.</param>
    /// <param name="configure">Last changes, such as another address.</param>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        DotEnvFile.Apply();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Logging.AddLog();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // It tells of each request what nobody reads at this level, and begins an activity and a scope for each to tell it in.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // First in the list, so that environment and command line have the last word.
        builder.Configuration.Sources.Insert(0, new ChainedConfigurationSource { Configuration = ParleyConfiguration.Files() });
        configure?.Invoke(builder);

        builder.Services.AddParley(new ParleyConfiguration(builder.Configuration));
        var options = builder.Registered<ServerOptions>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = options.ShutdownTimeout);
        // What a query says wrong becomes an error object, like all that is wrong.
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.AddResponseCompression();
        var certificate = builder.Listen(options, builder.Registered<TlsOptions>());
        if (options.InlineSockets) { builder.UseInlineSockets(); }

        var app = builder.Build();
        if (certificate is not null) { app.Logger.LogTls(certificate); }
        if (options.InlineSockets) { app.UsePool(); }
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20), KeepAliveTimeout = TimeSpan.FromSeconds(20) });
        app.MapConverse();
        app.MapEchoKit();
        app.MapXiaozhi();
        app.MapRealtime();
        app.MapHealth();
        app.MapMetrics();
        app.MapOpenAICompatible();
        app.MapApiDocument();
        app.MapStatus(WebClientFiles.Map(app, WebClientFolder.Find(builder.Registered<WebOptions>())));
        return app;
    }

    /// <summary>Loads the engines that a session gets by default and logs what each stage has.</summary>
    /// <exception cref="VoiceException">A stage has no engine; the message says what to install.</exception>
    public static void LoadEngines(this WebApplication app)
    {
        var engines = app.Services.GetRequiredService<EngineCatalog>();
        engines.Chooser.LogTuning(app.Logger);
        engines.Load();
        foreach (var (stage, choice) in engines.Defaults)
        {
            if (choice.Why.StartsWith("fallback", StringComparison.Ordinal)) { LogFallback(app.Logger, stage, choice.Name, choice.Why); }
            else { LogEngine(app.Logger, stage, choice.Name, choice.Why); }
        }
    }

    private static T Registered<T>(this WebApplicationBuilder builder) => builder.Services.Select(s => s.ImplementationInstance).OfType<T>().Single();

    [LoggerMessage(LogLevel.Information, "Stage {Stage}: {Engine} ({Why}).")]
    private static partial void LogEngine(ILogger logger, string stage, string engine, string why);

    [LoggerMessage(LogLevel.Warning, "Stage {Stage}: {Engine}, {Why}.")]
    private static partial void LogFallback(ILogger logger, string stage, string engine, string why);
}
