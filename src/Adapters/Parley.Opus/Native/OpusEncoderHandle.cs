using Microsoft.Win32.SafeHandles;

namespace Parley.Opus.Native;

/// <summary>The state of one encoder.</summary>
internal sealed class OpusEncoderHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        OpusLibrary.opus_encoder_destroy(handle);
        return true;
    }
}
