using Microsoft.Win32.SafeHandles;

namespace Parley.SherpaOnnx.Native;

/// <summary>Owns a model that punctuates English and restores its case.</summary>
internal sealed class OnlinePunctuationHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        SherpaLibrary.DestroyOnlinePunctuation(handle);
        return true;
    }
}
