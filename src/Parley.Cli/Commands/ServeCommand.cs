using System.CommandLine;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Parley.Server;

namespace Parley.Cli.Commands;

/// <summary><c>parley serve</c>, which <c>./parley up</c> runs.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string?>("--urls") { Description = "Where to listen; default http://127.0.0.1:8710, this machine alone." };
        var https = new Option<bool>("--https") { Description = "Serve https and wss too, on the port after each http address; without a certificate of yours (Parley:Tls) with one made here." };
        var command = new Command("serve", "Run the server. Settings: appsettings.json, parley.json and .env here, environment Parley__Section__Key, --Parley:Section:Key=value.")
        {
            urls, https,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var unknown = parsed.UnmatchedTokens.FirstOrDefault(t => !t.StartsWith("--Parley:", StringComparison.OrdinalIgnoreCase));
            if (unknown is not null) { throw new UsageException($"serve does not know {unknown}."); }
            await using var app = ParleyServer.Build([.. parsed.UnmatchedTokens], builder =>
            {
                if (parsed.GetValue(urls) is { } u) { builder.WebHost.UseUrls(u.Split(';')); }
                if (parsed.GetValue(https)) { builder.Configuration["Parley:Server:Https"] = "true"; }
            });
            app.LoadEngines();
            await app.StartAsync(cancellationToken);
            foreach (var url in app.Urls)
            {
                Console.Error.WriteLine($"Parley listens on {url}; talk to it at {url.Replace("http", "ws", StringComparison.Ordinal)}/v1/converse, see {url}/health. Ctrl-C stops it.");
            }
            await app.WaitForShutdownAsync(cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }
}
