using System.ComponentModel.DataAnnotations;
using Parley.Vad;

namespace Parley.Core.Tests.Vad;

public sealed class VadOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreValid() => Assert.Empty(Validate(new VadOptions()));

    [Fact]
    public void Validate_OutOfRange_NamesTheOption()
    {
        Assert.Contains("SpeechThreshold", Validate(new VadOptions { SpeechThreshold = 1.5f }).Single(), StringComparison.Ordinal);
        Assert.Contains("MinSpeech", Validate(new VadOptions { MinSpeech = TimeSpan.FromSeconds(2) }).Single(), StringComparison.Ordinal);
        Assert.Contains("SilenceThreshold", Validate(new VadOptions { SilenceThreshold = 0.6f }).Single(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Validate(VadOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(r => r.ErrorMessage!);
    }
}
