using System.Runtime.InteropServices;

namespace Parley.Onnx.Runtime;

/// <summary>Tensors under the names that a model knows them by, laid out as the C API takes them. Owns the tensors and the names.</summary>
internal sealed class OrtBinding : IDisposable
{
    private readonly OrtHandle[] _tensors;

    public OrtBinding((string Name, OrtHandle Tensor)[] inputs, (string Name, OrtHandle Tensor)[] outputs)
    {
        _tensors = [.. inputs.Select(i => i.Tensor), .. outputs.Select(o => o.Tensor)];
        (InputNames, Inputs) = Layout(inputs);
        (OutputNames, Outputs) = Layout(outputs);
    }

    public nint[] InputNames { get; }

    public nint[] Inputs { get; }

    public nint[] OutputNames { get; }

    public nint[] Outputs { get; }

    public void Dispose()
    {
        foreach (var tensor in _tensors) { tensor.Dispose(); }
        foreach (var name in InputNames.Concat(OutputNames)) { Marshal.FreeCoTaskMem(name); }
        Array.Clear(InputNames);
        Array.Clear(OutputNames);
    }

    private static (nint[] Names, nint[] Values) Layout((string Name, OrtHandle Tensor)[] tensors) =>
        ([.. tensors.Select(t => Marshal.StringToCoTaskMemUTF8(t.Name))], [.. tensors.Select(t => t.Tensor.DangerousGetHandle())]);
}
