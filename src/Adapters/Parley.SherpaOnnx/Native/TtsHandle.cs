using Microsoft.Win32.SafeHandles;

namespace Parley.SherpaOnnx.Native;

/// <summary>Owns a synthesiser.</summary>
internal sealed class TtsHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        SherpaLibrary.DestroyTts(handle);
        return true;
    }
}
