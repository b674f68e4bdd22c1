using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Parley.SndFile.Native;

/// <summary>An open file of libsndfile together with the stream that it reads or writes. Closing it writes what an encoder still holds.</summary>
internal sealed unsafe class SndFileHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly GCHandle _file;

    private SndFileHandle(nint handle, GCHandle file) : base(ownsHandle: true)
    {
        _file = file;
        SetHandle(handle);
    }

    /// <summary>Opens <paramref name="file"/>; null: libsndfile does not take it.</summary>
    public static SndFileHandle? Open(VirtualFile file, int mode, ref SndFileLibrary.Info info)
    {
        var pinned = GCHandle.Alloc(file);
        var io = VirtualFile.Callbacks;
        nint handle;
        fixed (SndFileLibrary.Info* p = &info) { handle = SndFileLibrary.sf_open_virtual(&io, mode, p, GCHandle.ToIntPtr(pinned)); }
        if (handle != 0) { return new SndFileHandle(handle, pinned); }
        pinned.Free();
        return null;
    }

    protected override bool ReleaseHandle()
    {
        var result = SndFileLibrary.sf_close(handle);
        _file.Free();
        return result == 0;
    }
}
