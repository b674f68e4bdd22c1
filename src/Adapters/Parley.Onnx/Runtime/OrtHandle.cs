using System.Runtime.InteropServices;

namespace Parley.Onnx.Runtime;

/// <summary>Owns one object of ONNX Runtime: an environment, session, options, memory info or tensor.</summary>
internal sealed unsafe class OrtHandle : SafeHandle
{
    private readonly delegate* unmanaged<nint, void> _release;

    public OrtHandle(nint value, delegate* unmanaged<nint, void> release) : base(nint.Zero, ownsHandle: true)
    {
        _release = release;
        SetHandle(value);
    }

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle()
    {
        _release(handle);
        return true;
    }
}
