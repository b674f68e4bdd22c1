using Microsoft.Extensions.AI;
using Parley.OpenAICompatible.Chat;
using Parley.Testing.Contracts;

namespace Parley.Core.Tests.OpenAICompatible;

public sealed class OpenAIChatClientContractTests : ChatClientContract, IAsyncLifetime
{
    private readonly LoopbackServer _server = new(Chunks.AnswerAsync);

    protected override IChatClient CreateClient() => new OpenAIChatClient(new OpenAIChatOptions { BaseUrl = _server.BaseUrl });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
