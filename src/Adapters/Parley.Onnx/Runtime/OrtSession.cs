using System.Runtime.InteropServices;
using System.Text;
using Parley.Diagnostics;

namespace Parley.Onnx.Runtime;

/// <summary>A model, loaded. It runs on the caller's thread alone and starts none of its own.</summary>
/// <remarks>Not thread-safe: one run at a time, none after disposal. Tensors must be disposed by whoever made them.</remarks>
internal sealed unsafe class OrtSession : IDisposable
{
    private const int LogErrors = 3, ArenaAllocator = 1, DefaultMemory = 0;

    private readonly OrtApi _api;
    private readonly OrtHandle _env;
    private readonly OrtHandle _memory;
    private readonly OrtHandle _session;

    /// <exception cref="VoiceException">The model is missing or cannot be loaded.</exception>
    public OrtSession(OrtApi api, string modelPath)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            // Elsewhere the API takes paths in UTF-16.
            throw new VoiceException(VoiceStage.Vad, "ONNX Runtime is bound for Linux and macOS only.");
        }
        if (!File.Exists(modelPath)) { throw new VoiceException(VoiceStage.Vad, $"The model {modelPath} does not exist."); }
        _api = api;
        nint env, memory, session, options;
        fixed (byte* name = "parley"u8) { api.Check(api.CreateEnv(LogErrors, name, &env)); }
        _env = new OrtHandle(env, api.ReleaseEnv);
        api.Check(api.CreateCpuMemoryInfo(ArenaAllocator, DefaultMemory, &memory));
        _memory = new OrtHandle(memory, api.ReleaseMemoryInfo);
        api.Check(api.CreateSessionOptions(&options));
        using var ownedOptions = new OrtHandle(options, api.ReleaseSessionOptions);
        api.Check(api.SetIntraOpNumThreads(options, 1));
        api.Check(api.SetInterOpNumThreads(options, 1));
        fixed (byte* path = Encoding.UTF8.GetBytes(modelPath + '\0')) { api.Check(api.CreateSession(env, path, options, &session)); }
        _session = new OrtHandle(session, api.ReleaseSession);
    }

    public OrtApi Api => _api;

    /// <summary>The C object; valid until disposal.</summary>
    public nint Handle => _session.DangerousGetHandle();

    /// <summary>Makes a tensor of the first elements of <paramref name="data"/>, which keeps owning them.</summary>
    public OrtHandle CreateTensor<T>(NativeBuffer<T> data, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        // ONNXTensorElementDataType.
        var type = typeof(T) == typeof(float) ? 1 : typeof(T) == typeof(long) ? 7 : throw new NotSupportedException(typeof(T).Name);
        var count = 1L;
        foreach (var dimension in shape) { count *= dimension; }
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, data.Length, nameof(shape));
        nint tensor;
        fixed (long* dimensions = shape)
        {
            _api.Check(_api.CreateTensorWithData(
                _memory.DangerousGetHandle(), (void*)data.DangerousGetHandle(), (nuint)(count * sizeof(T)),
                dimensions, (nuint)shape.Length, type, &tensor));
        }
        return new OrtHandle(tensor, _api.ReleaseValue);
    }

    /// <summary>Computes the outputs of <paramref name="binding"/> from its inputs.</summary>
    /// <exception cref="VoiceException">The model does not take these inputs, or failed.</exception>
    public void Run(OrtBinding binding)
    {
        // The caller sees to it that nothing is disposed during a run, so counting references here would buy nothing.
        fixed (nint* inputNames = binding.InputNames, inputs = binding.Inputs, outputNames = binding.OutputNames, outputs = binding.Outputs)
        {
            _api.Check(_api.Run(
                _session.DangerousGetHandle(), nint.Zero, (byte**)inputNames, inputs, (nuint)binding.Inputs.Length,
                (byte**)outputNames, (nuint)binding.Outputs.Length, outputs));
        }
    }

    /// <summary>Computes one output, whatever shape it turns out to have, from the inputs of <paramref name="binding"/>.</summary>
    /// <exception cref="VoiceException">The model does not take these inputs, or failed, or its output does not hold float32.</exception>
    public OrtTensor Run(OrtBinding binding, string output)
    {
        var name = Marshal.StringToCoTaskMemUTF8(output);
        nint tensor = 0;
        try
        {
            fixed (nint* names = binding.InputNames, inputs = binding.Inputs)
            {
                _api.Check(_api.Run(Handle, nint.Zero, (byte**)names, inputs, (nuint)binding.Inputs.Length, (byte**)&name, 1, &tensor));
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
        using var value = new OrtHandle(tensor, _api.ReleaseValue);
        return OrtTensor.Copy(_api, tensor);
    }

    /// <summary>The names of the model's inputs, in its order.</summary>
    public string[] InputNames() => Names(_api.SessionGetInputCount, _api.SessionGetInputName);

    /// <summary>The names of the model's outputs, in its order.</summary>
    public string[] OutputNames() => Names(_api.SessionGetOutputCount, _api.SessionGetOutputName);

    public void Dispose()
    {
        _session.Dispose();
        _memory.Dispose();
        _env.Dispose();
    }

    private string[] Names(delegate* unmanaged<nint, nuint*, nint> countOf, delegate* unmanaged<nint, nuint, nint, byte**, nint> nameOf)
    {
        nint allocator;
        nuint count;
        _api.Check(_api.GetDefaultAllocator(&allocator));
        _api.Check(countOf(Handle, &count));
        var names = new string[(int)count];
        for (var i = 0; i < names.Length; i++)
        {
            byte* name;
            _api.Check(nameOf(Handle, (nuint)i, allocator, &name));
            names[i] = Marshal.PtrToStringUTF8((nint)name)!;
            _api.Check(_api.AllocatorFree(allocator, name));
        }
        return names;
    }
}
