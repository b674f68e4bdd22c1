using Parley.Diagnostics;

namespace Parley.Core.Tests.Diagnostics;

public sealed class RandomIdTests
{
    [Fact]
    public void Next_Twice_IsPrefixedHexadecimalAndNeverTheSame()
    {
        var random = new Random(7);

        string[] ids = [RandomId.Next("req_", random), RandomId.Next("req_", random)];

        Assert.All(ids, id => Assert.Matches("^req_[0-9a-f]{32}$", id));
        Assert.NotEqual(ids[0], ids[1]);
    }
}
