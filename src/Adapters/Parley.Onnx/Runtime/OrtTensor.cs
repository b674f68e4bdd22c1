using Parley.Diagnostics;

namespace Parley.Onnx.Runtime;

/// <summary>Numbers that a model gave, with their shape.</summary>
/// <param name="Data">Row by row.</param>
/// <param name="Shape">The length of each dimension.</param>
internal sealed record OrtTensor(float[] Data, long[] Shape)
{
    private const int FloatElements = 1;

    /// <summary>Copies a tensor of the library's.</summary>
    /// <exception cref="VoiceException">It does not hold float32.</exception>
    public static unsafe OrtTensor Copy(OrtApi api, nint tensor)
    {
        nint info;
        api.Check(api.GetTensorTypeAndShape(tensor, &info));
        using var type = new OrtHandle(info, api.ReleaseTensorInfo);
        int element;
        nuint count, dimensions;
        api.Check(api.GetTensorElementType(info, &element));
        if (element != FloatElements) { throw new VoiceException(VoiceStage.Embedding, "Its output must be float32."); }
        api.Check(api.GetTensorElementCount(info, &count));
        api.Check(api.GetDimensionsCount(info, &dimensions));
        var shape = new long[(int)dimensions];
        fixed (long* lengths = shape) { api.Check(api.GetDimensions(info, lengths, dimensions)); }
        float* data;
        api.Check(api.GetTensorData(tensor, (void**)&data));
        return new OrtTensor(new ReadOnlySpan<float>(data, (int)count).ToArray(), shape);
    }
}
