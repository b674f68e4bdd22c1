using Microsoft.Win32.SafeHandles;

namespace Parley.SherpaOnnx.Native;

/// <summary>Owns a streaming recogniser.</summary>
internal sealed class OnlineRecognizerHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        SherpaLibrary.DestroyOnlineRecognizer(handle);
        return true;
    }
}
