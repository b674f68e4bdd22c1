using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Tests.Store;

namespace Parley.Server.Tests.Api;

/// <summary>The OpenAPI document as the whole server gives it, once for all tests.</summary>
public sealed class ServedDocument : IAsyncLifetime
{
    private readonly StoreFolder _folder = new();
    private WebApplication? _app;

    public string Json { get; private set; } = "";

    /// <summary>What the server has mapped.</summary>
    public EndpointDataSource Routes => _app!.Services.GetRequiredService<EndpointDataSource>();

    public async ValueTask InitializeAsync()
    {
        _app = ParleyServer.Build([$"--Parley:Learners:Path={Path.Combine(_folder.Path, "learners.db")}", $"--Parley:Store:Path={_folder.Database}", "--urls=http://127.0.0.1:0"]);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        Json = await http.GetStringAsync(new Uri(_app.Urls.First() + "/openapi/v1.json"), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }
        _folder.Dispose();
    }
}
