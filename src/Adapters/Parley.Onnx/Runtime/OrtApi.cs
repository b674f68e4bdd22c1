using System.Runtime.InteropServices;
using Parley.Diagnostics;

namespace Parley.Onnx.Runtime;

/// <summary>The part of ONNX Runtime's C API that Parley calls.</summary>
/// <remarks>
/// The library exports one function, which gives a table of function pointers. The table only grows: an index never changes its meaning.
/// Source of the indices: struct OrtApi in onnxruntime_c_api.h; 0 to 100 are version 1 of it. Thread-safe, never unloaded.
/// </remarks>
internal sealed unsafe class OrtApi
{
    // OrtApi version 12 came with ONNX Runtime 1.12 (2022); newer libraries still serve it.
    private const uint ApiVersion = 12;

    private readonly nint* _table;

    private OrtApi(nint* table, string version, string path)
    {
        _table = table;
        Version = version;
        LibraryPath = path;
    }

    /// <summary>The library's own version, such as 1.28.2.</summary>
    public string Version { get; }

    public string LibraryPath { get; }

    public delegate* unmanaged<int, byte*, nint*, nint> CreateEnv => (delegate* unmanaged<int, byte*, nint*, nint>)_table[3];

    public delegate* unmanaged<nint, byte*, nint, nint*, nint> CreateSession => (delegate* unmanaged<nint, byte*, nint, nint*, nint>)_table[7];

    /// <summary>session, run options, input names, inputs, their count, output names, their count, outputs.</summary>
    public delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> Run =>
        (delegate* unmanaged<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)_table[9];

    public delegate* unmanaged<nint*, nint> CreateSessionOptions => (delegate* unmanaged<nint*, nint>)_table[10];

    public delegate* unmanaged<nint, int, nint> SetIntraOpNumThreads => (delegate* unmanaged<nint, int, nint>)_table[24];

    public delegate* unmanaged<nint, int, nint> SetInterOpNumThreads => (delegate* unmanaged<nint, int, nint>)_table[25];

    /// <summary>session, count.</summary>
    public delegate* unmanaged<nint, nuint*, nint> SessionGetInputCount => (delegate* unmanaged<nint, nuint*, nint>)_table[30];

    public delegate* unmanaged<nint, nuint*, nint> SessionGetOutputCount => (delegate* unmanaged<nint, nuint*, nint>)_table[31];

    /// <summary>session, index, allocator, name, which the allocator frees.</summary>
    public delegate* unmanaged<nint, nuint, nint, byte**, nint> SessionGetInputName =>
        (delegate* unmanaged<nint, nuint, nint, byte**, nint>)_table[36];

    public delegate* unmanaged<nint, nuint, nint, byte**, nint> SessionGetOutputName =>
        (delegate* unmanaged<nint, nuint, nint, byte**, nint>)_table[37];

    /// <summary>memory info, data, its bytes, shape, dimensions, element type, tensor.</summary>
    public delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithData =>
        (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)_table[49];

    /// <summary>tensor, its data, which it keeps.</summary>
    public delegate* unmanaged<nint, void**, nint> GetTensorData => (delegate* unmanaged<nint, void**, nint>)_table[51];

    /// <summary>info, ONNXTensorElementDataType.</summary>
    public delegate* unmanaged<nint, int*, nint> GetTensorElementType => (delegate* unmanaged<nint, int*, nint>)_table[60];

    public delegate* unmanaged<nint, nuint*, nint> GetDimensionsCount => (delegate* unmanaged<nint, nuint*, nint>)_table[61];

    /// <summary>info, dimensions, their count.</summary>
    public delegate* unmanaged<nint, long*, nuint, nint> GetDimensions => (delegate* unmanaged<nint, long*, nuint, nint>)_table[62];

    public delegate* unmanaged<nint, nuint*, nint> GetTensorElementCount => (delegate* unmanaged<nint, nuint*, nint>)_table[64];

    /// <summary>tensor, info.</summary>
    public delegate* unmanaged<nint, nint*, nint> GetTensorTypeAndShape => (delegate* unmanaged<nint, nint*, nint>)_table[65];

    public delegate* unmanaged<int, int, nint*, nint> CreateCpuMemoryInfo => (delegate* unmanaged<int, int, nint*, nint>)_table[69];

    public delegate* unmanaged<nint, void*, nint> AllocatorFree => (delegate* unmanaged<nint, void*, nint>)_table[76];

    public delegate* unmanaged<nint*, nint> GetDefaultAllocator => (delegate* unmanaged<nint*, nint>)_table[78];

    public delegate* unmanaged<nint, void> ReleaseEnv => Release(92);

    public delegate* unmanaged<nint, void> ReleaseMemoryInfo => Release(94);

    public delegate* unmanaged<nint, void> ReleaseSession => Release(95);

    public delegate* unmanaged<nint, void> ReleaseValue => Release(96);

    public delegate* unmanaged<nint, void> ReleaseTensorInfo => Release(99);

    public delegate* unmanaged<nint, void> ReleaseSessionOptions => Release(100);

    /// <summary>Loads the first of the libraries that loads.</summary>
    /// <exception cref="VoiceException">None of them is an ONNX Runtime.</exception>
    public static OrtApi Load(IEnumerable<string> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (!NativeLibrary.TryLoad(candidate, out var library)) { continue; }
            if (NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var getBase))
            {
                // struct OrtApiBase: GetApi(version), GetVersionString().
                var apiBase = (nint*)((delegate* unmanaged<nint>)getBase)();
                var version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)apiBase[1])()) ?? "";
                var table = ((delegate* unmanaged<uint, nint>)apiBase[0])(ApiVersion);
                if (table != nint.Zero) { return new OrtApi((nint*)table, version, candidate); }
            }
            NativeLibrary.Free(library);
        }
        throw new VoiceException(VoiceStage.Vad, "ONNX Runtime 1.12 or later was not found.");
    }

    /// <summary>Turns a status into an exception that holds the library's message.</summary>
    public void Check(nint status)
    {
        if (status == nint.Zero) { return; }
        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)_table[2])(status));
        Release(93)(status);
        throw new VoiceException(VoiceStage.Vad, $"ONNX Runtime: {message}");
    }

    private delegate* unmanaged<nint, void> Release(int index) => (delegate* unmanaged<nint, void>)_table[index];
}
