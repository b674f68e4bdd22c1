using System.Globalization;
using Parley.Sqlite.Timeline;

namespace Parley.Server.Tests.Store;

public sealed class YieldingThreadTests
{
    [Fact]
    public void GiveWay_OnLinux_ThisThreadAloneIsNicer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Niceness is a matter of Linux.");
        var (before, after) = (0, 0);
        var thread = new Thread(() =>
        {
            before = Niceness();
            YieldingThread.GiveWay();
            after = Niceness();
        });
        var own = Niceness();
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(10)));

        Assert.Equal(own, before);
        Assert.Equal(Math.Max(own, YieldingThread.Niceness), after);
        Assert.Equal(own, Niceness());
    }

    /// <summary>The calling thread's: the nineteenth field of its line, of which the second is a name in brackets.</summary>
    private static int Niceness()
    {
        var fields = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
