using System.Runtime.InteropServices;

namespace Parley.Sqlite.Timeline;

/// <summary>A thread whose work can wait.</summary>
internal static partial class YieldingThread
{
    /// <summary>As far from the usual 0 as half of the way to the last, 19: a ninth of the processor's time when another wants all of it.</summary>
    public const int Niceness = 10;

    private const int OfThisThread = 0;

    /// <summary>From now on the calling thread goes behind all others of the process.</summary>
    /// <remarks>.NET's own priorities change nothing on Linux, whose scheduler knows a niceness for each thread. Where that is refused all stays as it is.</remarks>
    public static void GiveWay()
    {
        if (OperatingSystem.IsLinux()) { _ = SetPriority(0, OfThisThread, Niceness); }
        else { Thread.CurrentThread.Priority = ThreadPriority.BelowNormal; }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int niceness);
}
