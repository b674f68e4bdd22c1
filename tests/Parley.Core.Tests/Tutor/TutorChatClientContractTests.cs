using Microsoft.Extensions.AI;
using Parley.Testing.Contracts;
using Parley.Tutor;

namespace Parley.Core.Tests.Tutor;

public sealed class TutorChatClientContractTests : ChatClientContract
{
    protected override IChatClient CreateClient() => new TutorChatClient();
}
