namespace Parley.SherpaOnnx.Models;

/// <summary>A folder or a file is no model that can be used; the message is a sentence for the operator.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
