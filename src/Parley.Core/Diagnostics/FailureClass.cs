namespace Parley.Diagnostics;

/// <summary>What kind of thing went wrong: it decides whether another try, another engine or another input helps.</summary>
public enum FailureClass
{
    /// <summary>An engine or a service failed by itself or answered nonsense. Another engine may do.</summary>
    Dependency,

    /// <summary>A service cannot be reached, fell silent or broke off. The same call may succeed later.</summary>
    Network,

    /// <summary>Memory, decoders, processes or files are missing or all in use here.</summary>
    Resource,

    /// <summary>The request itself is wrong: no engine can serve it, and no other try helps.</summary>
    UserInput,

    /// <summary>A service refuses because too much was asked of it, or its account is empty.</summary>
    Quota,
}
