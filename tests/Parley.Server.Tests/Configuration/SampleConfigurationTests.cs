using Microsoft.Extensions.Configuration;
using Parley.Server.Configuration;

namespace Parley.Server.Tests.Configuration;

/// <summary>Every file of samples/configs is read as strictly as a server reads it, and names no key.</summary>
public sealed class SampleConfigurationTests
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private static string Folder
    {
        get
        {
            var at = new DirectoryInfo(AppContext.BaseDirectory);
            while (at is not null && !File.Exists(Path.Combine(at.FullName, "Parley.slnx"))) { at = at.Parent; }
            return Path.Combine(at?.FullName ?? throw new DirectoryNotFoundException("These tests run inside a checkout."), "samples", "configs");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Engines_Sample_BuildTheCatalogWithAllThatTheFileNames(string file)
    {
        var source = new ConfigurationBuilder().AddJsonFile(Path.Combine(Folder, file)).Build();
        using var engines = ParleyServices.Engines(new ParleyConfiguration(source), TimeProvider.System);

        var named = new[] { "Chat", "Transcription", "Speech", "DashScope", "ElevenLabs" }.SelectMany(s => source.GetSection($"Parley:{s}").GetChildren()).Select(e => e.Key).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(engines.Describe(), e => e.Name == name));
        Assert.All(source.GetSection("Parley:Engines").GetChildren(), choice => Assert.Contains(choice.Value, named));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_Keys_AreNamedNotWritten(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder, file));
        Assert.DoesNotContain("\"ApiKey\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Engines_UpstreamIsMissing_NamesTheKeyAndWhatThereIs()
    {
        var failure = Fail(("Parley:Upstreams:near:BaseUrl", "http://localhost:1/v1"), ("Parley:Chat:large:Upstream", "neer"));
        Assert.Contains("Parley:Chat:large:Upstream", failure, StringComparison.Ordinal);
        Assert.Contains("near", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Parley:Upstreams:near:BaseUrl", "localhost:11434")]
    [InlineData("Parley:Upstreams:near:BaseUrl", "ftp://localhost/v1")]
    [InlineData("Parley:Upstreams:near:HttpVersion", "4")]
    [InlineData("Parley:Upstreams:near:KeepWarmInterval", "00:00:00")]
    [InlineData("Parley:Chat:large:Temperature", "3")]
    [InlineData("Parley:Chat:large:Attributes:Accuracy", "2")]
    [InlineData("Parley:Transcription:ears:Format", "srt")]
    [InlineData("Parley:Transcription:ears:Window", "00:05:00")]
    [InlineData("Parley:Speech:mouth:SampleRate", "96000")]
    public void Engines_WrongSetting_NamesTheKey(string key, string value) => Assert.Contains(
        key,
        Fail(("Parley:Upstreams:near:BaseUrl", "http://localhost:1/v1"), ("Parley:Chat:large:Upstream", "near"),
            ("Parley:Transcription:ears:Upstream", "near"), ("Parley:Speech:mouth:Upstream", "near"), (key, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost:1/v1", null, true)]
    [InlineData("http://127.0.0.1:1/v1", null, true)]
    [InlineData("https://far.example/v1", null, false)]
    [InlineData("http://localhost:1/v1", "false", false)]
    [InlineData("http://gpu.lan:1/v1", "true", true)]
    public void Engines_Server_DecidesWhatIsLocalUnlessItIsSaid(string url, string? said, bool isLocal)
    {
        using var engines = Engines([("Parley:Upstreams:near:BaseUrl", url), ("Parley:Transcription:near:Attributes:Local", said)], ("Parley:Transcription:near:Model", "m"));
        Assert.Equal(isLocal, engines.Describe().Single(e => e.Name == "near").Attributes.Local);
    }

    private static string Fail(params (string Key, string? Value)[] settings) =>
        Assert.Throws<ConfigurationException>(() => Engines(settings)).Message;

    private static Parley.Policy.EngineCatalog Engines((string Key, string? Value)[] settings, params (string Key, string? Value)[] more)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (key, value) in settings.Concat(more).Where(s => s.Value is not null)) { values[key] = value; }
        return ParleyServices.Engines(new ParleyConfiguration(new ConfigurationBuilder().AddInMemoryCollection(values).Build()), TimeProvider.System);
    }
}
