using System.Runtime.InteropServices;

namespace Parley.Onnx.Runtime;

/// <summary>Zeroed memory that tensors point into, aligned for SIMD. It must outlive them.</summary>
/// <typeparam name="T">The element.</typeparam>
internal sealed unsafe class NativeBuffer<T> : SafeHandle where T : unmanaged
{
    public NativeBuffer(int length) : base(nint.Zero, ownsHandle: true)
    {
        Length = length;
        SetHandle((nint)NativeMemory.AlignedAlloc((nuint)(length * sizeof(T)), 64));
        Span.Clear();
    }

    public int Length { get; }

    /// <summary>The elements; valid until disposal.</summary>
    public Span<T> Span => new((void*)handle, Length);

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
