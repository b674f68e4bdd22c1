using System.Text.RegularExpressions;

namespace Parley.Core.Tests.Structure;

public sealed partial class SourceFileTests
{
    private const int MaxLines = 400;

    /// <summary>Where registrations live, so that users find them without a using directive.</summary>
    private static readonly string[] s_registrationNamespaces = ["Microsoft.Extensions.DependencyInjection", "Microsoft.AspNetCore.Builder"];

    [Fact]
    public void Namespace_EveryFile_IsItsFolder()
    {
        var wrong = new List<string>();
        var seen = 0;
        foreach (var file in SourceTree.Files("src", "*.cs"))
        {
            if (Namespace().Match(SourceTree.Read(file)) is not { Success: true } match) { continue; }
            seen++;
            var (actual, expected) = (match.Groups[1].Value, ExpectedNamespace(file));
            if (actual != expected && !s_registrationNamespaces.Contains(actual)) { wrong.Add($"{file}: {actual}, not {expected}"); }
        }
        Assert.Empty(wrong);
        Assert.InRange(seen, 100, int.MaxValue);
    }

    [Fact]
    public void Length_EveryProductFile_IsBounded() =>
        Assert.Empty(
            from file in SourceTree.Files("src", "*.cs")
            let lines = File.ReadLines(Path.Combine(SourceTree.Root, file)).Count()
            where lines > MaxLines
            select $"{file}: {lines} lines");

    [Fact]
    public void Core_Sources_ReadNoWallClock() =>
        Assert.Empty(SourceTree.Files("src/Parley.Core", "*.cs").SelectMany(
            f => WallClock().Matches(Code.Of(SourceTree.Read(f))).Select(m => $"{f}: {m.Value.Trim()}")));

    [Fact]
    public void Core_Sources_KeepTheirContext() =>
        // The deterministic scheduler of the tests sees only continuations that are posted to it.
        Assert.DoesNotContain(SourceTree.Files("src/Parley.Core", "*.cs"), f => Code.Of(SourceTree.Read(f)).Contains("ConfigureAwait(false)"));

    [Theory]
    [InlineData("var t = DateTime.UtcNow;", true)]
    [InlineData("await Task.Delay(100, cancellationToken);", true)]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(1));", true)]
    [InlineData("limit.CancelAfter(s_timeout);", true)]
    [InlineData("new CancellationTokenSource(s_timeout)", true)]
    [InlineData("await Task.Delay(wait, time, cancellationToken);", false)]
    [InlineData("await Task.Delay(wait, _context.Time, cancellationToken);", false)]
    [InlineData("new CancellationTokenSource(s_timeout, time)", false)]
    [InlineData("new CancellationTokenSource(s_timeout, _time)", false)]
    [InlineData("await task.WaitAsync(s_timeout);", true)]
    [InlineData("await task.WaitAsync(s_timeout, _time, cancellationToken);", false)]
    [InlineData("await task.WaitAsync(cancellationToken);", false)]
    [InlineData("new CancellationTokenSource()", false)]
    [InlineData("// Not DateTime.UtcNow.", false)]
    public void WallClock_Sample_IsJudged(string code, bool isWallClock) => Assert.Equal(isWallClock, WallClock().IsMatch(Code.Of(code)));

    private static string ExpectedNamespace(string file)
    {
        var folders = file.Split('/')[1..^1];
        if (folders[0] == "Adapters") { folders = folders[1..]; }
        if (folders[0] == "Parley.Core") { folders[0] = "Parley"; }
        return string.Join('.', folders);
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|\bThread\.Sleep\b|\bEnvironment\.TickCount|\bStopwatch\b|\bTimeProvider\.System\b"
        + @"|\bTask\.Delay\((?![^;]*[tT]ime\b)|\.CancelAfter\(|\bnew CancellationTokenSource\((?!\))(?![^;]*[tT]ime\b)|\.WaitAsync\(\s*(TimeSpan|s_)\w*[^,;]*\)")]
    private static partial Regex WallClock();
}
