using Microsoft.Win32.SafeHandles;

namespace Parley.Opus.Native;

/// <summary>The state of one decoder.</summary>
internal sealed class OpusDecoderHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        OpusLibrary.opus_decoder_destroy(handle);
        return true;
    }
}
