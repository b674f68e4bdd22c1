using Parley.Onnx.Runtime;

namespace Parley.Onnx.Vad;

/// <summary>Silero VAD v5 or v6 at 16 kHz: judges one window each of up to <see cref="MaxBatch"/> streams in one run.</summary>
/// <remarks>
/// input [batch, 64 + 512], the end of the window before and the window; state [2, batch, 128], the memory of a recurrent layer; sr, the
/// rate; output [batch, 1], the probability; stateN, the next state. Source: snakers4/silero-vad, utils_vad.py, OnnxWrapper.
/// Not thread-safe. Running allocates nothing once a batch size has been seen.
/// </remarks>
internal sealed class SileroModel : ISileroEngine
{
    public const int Window = 512, Context = 64, Input = Context + Window, State = 2 * 128;

    private readonly OrtSession _session;
    private readonly NativeBuffer<float> _input;
    private readonly NativeBuffer<float> _state;
    private readonly NativeBuffer<float> _nextState;
    private readonly NativeBuffer<float> _output;
    private readonly NativeBuffer<long> _rate = new(1);
    private readonly OrtBinding?[] _bindings;

    public SileroModel(OrtApi api, string modelPath, int maxBatch)
    {
        MaxBatch = maxBatch;
        _session = new OrtSession(api, modelPath);
        _input = new NativeBuffer<float>(maxBatch * Input);
        _state = new NativeBuffer<float>(maxBatch * State);
        _nextState = new NativeBuffer<float>(maxBatch * State);
        _output = new NativeBuffer<float>(maxBatch);
        _rate.Span[0] = 16_000;
        _bindings = new OrtBinding?[maxBatch + 1];
    }

    public int MaxBatch { get; }

    public void Run(ReadOnlySpan<SileroStream> streams)
    {
        var batch = streams.Length;
        for (var i = 0; i < batch; i++)
        {
            streams[i].Input.CopyTo(_input.Span[(i * Input)..]);
            for (var layer = 0; layer < 2; layer++)
            {
                streams[i].State.AsSpan(layer * 128, 128).CopyTo(_state.Span[((layer * batch + i) * 128)..]);
            }
        }
        _session.Run(_bindings[batch] ??= Bind(batch));
        for (var i = 0; i < batch; i++)
        {
            for (var layer = 0; layer < 2; layer++)
            {
                _nextState.Span.Slice((layer * batch + i) * 128, 128).CopyTo(streams[i].State.AsSpan(layer * 128));
            }
            streams[i].Advance(_output.Span[i]);
        }
    }

    public void Dispose()
    {
        foreach (var binding in _bindings) { binding?.Dispose(); }
        _session.Dispose();
        _input.Dispose();
        _state.Dispose();
        _nextState.Dispose();
        _output.Dispose();
        _rate.Dispose();
    }

    private OrtBinding Bind(int batch) => new(
        [
            ("input", _session.CreateTensor(_input, batch, Input)),
            ("state", _session.CreateTensor(_state, 2, batch, 128)),
            ("sr", _session.CreateTensor(_rate)),
        ],
        [("output", _session.CreateTensor(_output, batch, 1)), ("stateN", _session.CreateTensor(_nextState, 2, batch, 128))]);
}
