using Parley.Testing.Sessions;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Sessions;

/// <summary>Random conversations on the virtual clock; whatever is said when, the invariants hold. A failure prints its seed.</summary>
/// <remarks><c>./parley bench barge-in</c> holds ten thousand.</remarks>
public sealed class InterleavingTests
{
    private const int Conversations = 300;

    [Fact]
    public void AnyInterleaving_KeepsTheInvariants()
    {
        for (var seed = 1; seed <= Conversations; seed++)
        {
            try
            {
                ConversationInvariants.Check(RandomConversation.Run(seed));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }
    }

    [Fact]
    public void SameSeed_GivesTheSameConversation()
    {
        var (first, second) = (RandomConversation.Run(7), RandomConversation.Run(7));

        Assert.Equal(first.Client.All.Select(Describe), second.Client.All.Select(Describe));
    }

    private static string Describe(object item) => item is AudioPacket p ? $"audio {p.GenerationId} {p.Chunk} {p.SampleOffset}" : item switch
    {
        SessionReady => "ready",
        AsrFinal f => $"final {f.Text}",
        SuggestionsOffered => "suggestions",
        VisemeTimeline v => $"visemes {v.GenerationId} {v.Segment} {v.Items.Count}",
        _ => item.ToString()!,
    };
}
