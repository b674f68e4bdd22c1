using Microsoft.Extensions.AI;
using Parley.Replies.QuickReplies;
using Parley.Testing.Contracts;
using Parley.Testing.Simulated;

namespace Parley.Core.Tests.Replies.QuickReplies;

public sealed class QuickReplyChatClientContractTests : ChatClientContract
{
    // The small model is first unless its thread is late. Then the large one's own opener stays, which is the same, so that all calls give the same text.
    protected override IChatClient CreateClient() => new QuickReplyChatClient(
        new SimulatedChatClient(TimeProvider.System) { Texts = ["Sure, it is nice to hear from you."], FirstTokenLatency = TimeSpan.FromMilliseconds(20) },
        new SimulatedChatClient(TimeProvider.System) { Texts = ["Sure,"] }, new QuickReplyOptions(), TimeProvider.System);
}
