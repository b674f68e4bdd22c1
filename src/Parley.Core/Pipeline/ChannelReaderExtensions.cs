using System.Threading.Channels;

namespace Parley.Pipeline;

public static class ChannelReaderExtensions
{
    /// <summary>
    /// Like <c>ReadAllAsync</c>, for <c>await foreach</c>, but stays on the caller's synchronisation context, where there is one: a session that runs under a
    /// deterministic scheduler must not hop to the thread pool between two items. An item allocates nothing.
    /// </summary>
    public static ChannelItems<T> ReadEachAsync<T>(this ChannelReader<T> reader, CancellationToken cancellationToken = default) => new(reader, cancellationToken);
}
