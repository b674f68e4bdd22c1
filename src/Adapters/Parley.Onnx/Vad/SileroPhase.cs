namespace Parley.Onnx.Vad;

/// <summary>Where a stream's window is.</summary>
internal enum SileroPhase
{
    /// <summary>There is none; its last one was answered.</summary>
    Idle,

    /// <summary>It waits for the engine, and may still be withdrawn.</summary>
    Waiting,

    /// <summary>The engine has it.</summary>
    Running,
}
