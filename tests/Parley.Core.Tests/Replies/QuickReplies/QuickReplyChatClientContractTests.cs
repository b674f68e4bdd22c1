using Microsoft.Extensions.AI;
using Parley.Replies.QuickReplies;
using Parley.Testing.Contracts;
using Parley.Testing.Simulated;

namespace Parley.Core.Tests.Replies.QuickReplies;

public sealed class QuickReplyChatClientContractTests : ChatClientContract
{
    // The small model is first in every call: else two calls need not give the same text.
    protected override IChatClient CreateClient() => new QuickReplyChatClient(
        new SimulatedChatClient(TimeProvider.System) { FirstTokenLatency = TimeSpan.FromMilliseconds(20) },
        new SimulatedChatClient(TimeProvider.System) { Texts = ["Sure,"] }, new QuickReplyOptions(), TimeProvider.System);
}
