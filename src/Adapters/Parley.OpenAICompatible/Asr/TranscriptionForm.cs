using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Parley.Audio;

namespace Parley.OpenAICompatible.Asr;

/// <summary>The multipart form of a request: fields, then the audio as a WAV file, written from where it lies.</summary>
/// <remarks>Names are quoted and the boundary is not, the one form that every server's parser takes.</remarks>
internal sealed class TranscriptionForm : HttpContent
{
    /// <summary>Whisper wants a second of audio; what is missing is silence.</summary>
    private const int MinSamples = AudioMath.SpeechRate + AudioMath.SpeechRate / 10;

    private readonly byte[] _head;
    private readonly byte[] _tail;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _audio;
    private readonly int _padding;

    public TranscriptionForm(IEnumerable<KeyValuePair<string, string>> fields, IReadOnlyList<ReadOnlyMemory<byte>> audio)
    {
        var boundary = $"parley-{Guid.NewGuid():N}";
        _audio = audio;
        var bytes = audio.Sum(a => a.Length);
        _padding = Math.Max(0, MinSamples * sizeof(short) - bytes);
        using var head = new MemoryStream();
        var text = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            text.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"").Append(name).Append("\"\r\n\r\n").Append(value).Append("\r\n");
        }
        text.Append("--").Append(boundary)
            .Append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"speech.wav\"\r\nContent-Type: audio/wav\r\n\r\n");
        head.Write(Encoding.UTF8.GetBytes(text.ToString()));
        // Taken before the writer is disposed, which would put the length of what it wrote itself into the header.
        using var wav = new WavWriter(head, AudioMath.SpeechRate, leaveOpen: true, samples: (bytes + _padding) / sizeof(short));
        _head = head.ToArray();
        _tail = Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n");
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _head.Length + _audio.Sum(a => (long)a.Length) + _padding + _tail.Length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_head, cancellationToken);
        foreach (var part in _audio) { await stream.WriteAsync(part, cancellationToken); }
        if (_padding > 0) { await stream.WriteAsync(new byte[_padding], cancellationToken); }
        await stream.WriteAsync(_tail, cancellationToken);
    }
}
