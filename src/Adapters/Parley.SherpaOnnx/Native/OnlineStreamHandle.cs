using Microsoft.Win32.SafeHandles;

namespace Parley.SherpaOnnx.Native;

/// <summary>Owns the state of one utterance of a streaming recogniser.</summary>
internal sealed class OnlineStreamHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        SherpaLibrary.DestroyOnlineStream(handle);
        return true;
    }
}
