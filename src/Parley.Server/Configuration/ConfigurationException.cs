namespace Parley.Server.Configuration;

/// <summary>The configuration cannot be used; the message names the key.</summary>
public sealed class ConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
