using Microsoft.Win32.SafeHandles;

namespace Parley.SherpaOnnx.Native;

/// <summary>Owns one utterance of a recogniser of whole utterances.</summary>
internal sealed class OfflineStreamHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        SherpaLibrary.DestroyOfflineStream(handle);
        return true;
    }
}
