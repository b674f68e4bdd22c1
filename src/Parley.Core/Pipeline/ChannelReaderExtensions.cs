using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Parley.Pipeline;

public static class ChannelReaderExtensions
{
    /// <summary>
    /// Like <c>ReadAllAsync</c>, but stays on the caller's synchronisation context, where there is one: a session that runs under a
    /// deterministic scheduler must not hop to the thread pool between two items.
    /// </summary>
    public static async IAsyncEnumerable<T> ReadEachAsync<T>(
        this ChannelReader<T> reader, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await reader.WaitToReadAsync(cancellationToken))
        {
            while (reader.TryRead(out var item)) { yield return item; }
        }
    }
}
