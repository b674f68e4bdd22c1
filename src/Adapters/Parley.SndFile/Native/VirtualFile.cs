using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Parley.SndFile.Native;

/// <summary>A stream as libsndfile sees it: nothing touches the disk.</summary>
/// <remarks>
/// libsndfile seeks back at the end of some formats to correct their headers. Where the stream cannot seek, these writes come to nothing: the
/// headers then say "length unknown", as in any broadcast. A failure of the stream stays in <see cref="Failure"/>; it must not pass through C.
/// </remarks>
internal sealed unsafe class VirtualFile(Stream stream)
{
    private readonly long _start = stream.CanSeek ? stream.Position : 0;
    private long _position, _end;

    public static SndFileLibrary.VirtualIo Callbacks => new() { Length = &Length, Seek = &Seek, Read = &Read, Write = &Write, Tell = &Tell };

    public Exception? Failure { get; private set; }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Length(nint user) => Of(user).Guard(static (file, _, _) => file.End);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Seek(long offset, int whence, nint user) => Of(user).Guard(
        static (file, offset, whence) =>
        {
            var target = offset + (whence switch { 1 => file._position, 2 => file.End, _ => 0 });
            return target < 0 ? -1 : file._position = target;
        }, offset, whence);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Tell(nint user) => Of(user)._position;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Read(byte* data, long count, nint user) => Of(user).Guard(
        static (file, data, count) =>
        {
            file.Stream.Position = file._start + file._position;
            var wanted = new Span<byte>((void*)data, (int)Math.Min(count, 1 << 20));
            var got = file.Stream.ReadAtLeast(wanted, wanted.Length, throwOnEndOfStream: false);
            file._position += got;
            return got;
        }, (nint)data, count);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Write(byte* data, long count, nint user) => Of(user).Guard(
        static (file, data, count) =>
        {
            var bytes = new ReadOnlySpan<byte>((void*)data, checked((int)count));
            if (file.Stream.CanSeek)
            {
                file.Stream.Position = file._start + file._position;
                file.Stream.Write(bytes);
            }
            else if (file._position == file._end) { file.Stream.Write(bytes); }
            file._position += count;
            file._end = Math.Max(file._end, file._position);
            return count;
        }, (nint)data, count);

    private Stream Stream => stream;

    private long End => stream.CanSeek ? stream.Length - _start : _end;

    private static VirtualFile Of(nint user) => (VirtualFile)GCHandle.FromIntPtr(user).Target!;

    private long Guard(Func<VirtualFile, long, long, long> work, long first = 0, long second = 0)
    {
        try
        {
            return work(this, first, second);
        }
#pragma warning disable CA1031 // It reaches the caller of the library through Failure.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failure ??= e;
            return -1;
        }
    }
}
