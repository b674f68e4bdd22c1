using System.Reflection;

namespace Parley.Diagnostics;

/// <summary>The version of this build.</summary>
public static class ParleyVersion
{
    public static string Current { get; } =
        typeof(ParleyVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
