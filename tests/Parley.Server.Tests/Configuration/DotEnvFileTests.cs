using Parley.Server.Configuration;

namespace Parley.Server.Tests.Configuration;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("A = 1 ", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=a#b c", "a#b c")]
    [InlineData("A=a # b", "a")]
    [InlineData("A=# b", "")]
    [InlineData("A='a # \"b\" \\n $C'  # c", "a # \"b\" \\n $C")]
    [InlineData("A=\"a\\n\\t\\\"\\\\\\$ # b\" # c", "a\n\t\"\\$ # b")]
    [InlineData("A=$B ${C}", "$B ${C}")]
    [InlineData("\uFEFFA=1\r", "1")]
    [InlineData("A=a=b==", "a=b==")]
    public void Read_OneValue_IsUnderstood(string line, string value)
    {
        using var file = new EnvFile(line);

        var read = Assert.Single(DotEnvFile.Read(file.Path));

        Assert.Equal(("A", value), (read.Key, read.Value));
    }

    [Fact]
    public void Read_SeveralLines_KeepsTheirOrderAndSkipsCommentsAndEmptyOnes()
    {
        using var file = new EnvFile("# first\n\nB=2\r\n  # more\nParley__Chat__my-model__Model=x\n");

        Assert.Equal([new("B", "2"), new("Parley__Chat__my-model__Model", "x")], DotEnvFile.Read(file.Path));
    }

    [Theory]
    [InlineData("S3CRET", "line 2: it is not NAME=VALUE")]
    [InlineData("1A=S3CRET", "line 2: it is not NAME=VALUE")]
    [InlineData("A B=S3CRET", "line 2: it is not NAME=VALUE")]
    [InlineData("A='S3CRET", "line 2: the single quotes do not end")]
    [InlineData("A='S3CRET' more", "line 2: the single quotes do not end, or something follows them")]
    [InlineData("A=\"S3CRET\\", "line 2: the double quotes do not end")]
    [InlineData("A=\"S3CRET\\x\"", "line 2: after a backslash")]
    [InlineData("X=S3CRET", "line 2: X was set in line 1 already")]
    public void Read_WrongLine_NamesItAndKeepsTheValueToItself(string line, string what)
    {
        using var file = new EnvFile($"X=S3CRET\n{line}\n");

        var failure = Assert.Throws<ConfigurationException>(() => DotEnvFile.Read(file.Path));

        Assert.StartsWith($".env, {what}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("S3CRET", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotUtf8OrTooLarge_IsRefused()
    {
        using var binary = new EnvFile([0x41, 0x3D, 0xFF]);
        using var large = new EnvFile(new byte[300_000]);

        Assert.Contains("UTF-8", Assert.Throws<ConfigurationException>(() => DotEnvFile.Read(binary.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("256 KiB", Assert.Throws<ConfigurationException>(() => DotEnvFile.Read(large.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_IsEmpty() => Assert.Empty(DotEnvFile.Read("/nowhere/.env"));

    private sealed class EnvFile : IDisposable
    {
        public EnvFile(string text) : this(System.Text.Encoding.UTF8.GetBytes(text)) { }

        public EnvFile(byte[] content) => File.WriteAllBytes(Path, content);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
