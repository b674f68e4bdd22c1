using System.Globalization;

namespace Parley.Server.Tests.Hosting;

/// <summary>The scripts in <c>tests/npm-clients</c>, which run clients as they come from npm.</summary>
internal static class NpmClients
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(3);

    /// <summary>Runs a script and asserts that it found everything right. The test is skipped where its package, or Node, is not installed.</summary>
    /// <param name="script">Its file.</param>
    /// <param name="package">What it is about.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="trusted">A certificate that it trusts, as a PEM file; null: only those that everybody trusts.</param>
    /// <param name="webSocket">It needs Node's own WebSocket.</param>
    public static async Task AssertRightAsync(string script, string package, string[] arguments, string? trusted = null, bool webSocket = false)
    {
        var folder = Folder();
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", package)), $"npm's {package} is not installed: ./parley setup, which needs npm.");
        Assert.SkipUnless(HasNode(), "Node is not installed.");
        var version = await VersionAsync(folder);
        Assert.SkipUnless(version >= 20, $"{package} needs Node 20; there is {version}.");
        // Node has a WebSocket of its own since 22, and in 20 behind a flag.
        string[] flags = webSocket && version < 22 ? ["--experimental-websocket", "--no-warnings"] : [];

        var (exitCode, output, errors) = await ChildProcess.RunAsync(
            "node", folder, [.. flags, script, .. arguments], trusted is null ? null : new() { ["NODE_EXTRA_CA_CERTS"] = trusted }, s_longest);

        Assert.True(exitCode == 0, errors);
        Assert.Equal("all right", output.Trim());
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Parley.slnx"))) { folder = folder.Parent; }
        return Path.Combine(folder?.FullName ?? "", "tests", "npm-clients");
    }

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(p => File.Exists(Path.Combine(p, "node")) || File.Exists(Path.Combine(p, "node.exe")));

    private static async Task<int> VersionAsync(string folder)
    {
        var (_, version, _) = await ChildProcess.RunAsync("node", folder, "--version");
        return int.Parse(version.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture);
    }
}
