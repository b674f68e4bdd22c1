using System.Runtime.InteropServices;
using Parley.Diagnostics;

namespace Parley.Onnx.Runtime;

/// <summary>Runs a model of one input and reads one number: the first element of its first output, whatever shape that has.</summary>
/// <remarks>Not thread-safe. The session and the input must outlive it.</remarks>
internal sealed unsafe class OrtScalarRun : IDisposable
{
    private const int FloatElements = 1;

    private readonly OrtSession _session;
    private readonly nint _input;
    private nint _inputName, _outputName;

    /// <exception cref="VoiceException">The model has more than one input, or no output.</exception>
    public OrtScalarRun(OrtSession session, OrtHandle input)
    {
        (_session, _input) = (session, input.DangerousGetHandle());
        var (inputs, outputs) = (session.InputNames(), session.OutputNames());
        if (inputs.Length != 1 || outputs.Length == 0) { throw new VoiceException(VoiceStage.Turn, $"It must have one input and an output, and has {inputs.Length} and {outputs.Length}."); }
        _inputName = Marshal.StringToCoTaskMemUTF8(inputs[0]);
        _outputName = Marshal.StringToCoTaskMemUTF8(outputs[0]);
    }

    /// <exception cref="VoiceException">The model does not take the input, failed, or gives no floats.</exception>
    public float Compute()
    {
        var api = _session.Api;
        nint output = 0, info = 0;
        fixed (nint* inputName = &_inputName, input = &_input, outputName = &_outputName)
        {
            api.Check(api.Run(_session.Handle, nint.Zero, (byte**)inputName, input, 1, (byte**)outputName, 1, &output));
        }
        using var value = new OrtHandle(output, api.ReleaseValue);
        api.Check(api.GetTensorTypeAndShape(output, &info));
        using var type = new OrtHandle(info, api.ReleaseTensorInfo);
        int element;
        nuint count;
        api.Check(api.GetTensorElementType(info, &element));
        api.Check(api.GetTensorElementCount(info, &count));
        if (element != FloatElements || count == 0) { throw new VoiceException(VoiceStage.Turn, "Its output must be float32."); }
        float* data;
        api.Check(api.GetTensorData(output, (void**)&data));
        return *data;
    }

    public void Dispose()
    {
        Marshal.FreeCoTaskMem(_inputName);
        Marshal.FreeCoTaskMem(_outputName);
        (_inputName, _outputName) = (0, 0);
    }
}
