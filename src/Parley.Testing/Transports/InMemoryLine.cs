using System.Text;
using Parley.Transports.Lines;

namespace Parley.Testing.Transports;

/// <summary>A line in memory with a client of whatever dialect at its end.</summary>
public sealed class InMemoryLine : InMemoryEnd<Frame, Frame>, IFrameLine
{
    /// <summary>The client sends text.</summary>
    public void Say(string text) => Say(new Frame(Encoding.UTF8.GetBytes(text), IsText: true));

    /// <summary>The client sends bytes.</summary>
    public void Say(ReadOnlyMemory<byte> bytes) => Say(new Frame(bytes, IsText: false));

    public async ValueTask<Frame?> ReceiveAsync(CancellationToken cancellationToken = default) => await WaitAsync(cancellationToken) ? Take() : null;

    public ValueTask SendAsync(ReadOnlyMemory<byte> data, bool isText, CancellationToken cancellationToken = default)
    {
        Add(new Frame(data.ToArray(), isText));
        return ValueTask.CompletedTask;
    }
}
