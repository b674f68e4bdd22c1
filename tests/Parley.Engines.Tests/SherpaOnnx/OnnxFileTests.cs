using Parley.SherpaOnnx.Models;

namespace Parley.Engines.Tests.SherpaOnnx;

public sealed class OnnxFileTests(ModelFixture models) : IClassFixture<ModelFixture>
{
    private static readonly byte[] s_model = OnnxGraph.WithMetadata(("model_type", "zipformer2"), ("T", "39"), ("empty", ""));

    [Fact]
    public void ReadMetadata_WholeModel_GivesItsProperties()
    {
        var metadata = OnnxFile.ReadMetadata(Write(s_model));

        Assert.Equal("zipformer2", metadata["model_type"]);
        Assert.Equal("39", metadata["T"]);
        Assert.Equal("", metadata["empty"]);
    }

    [Fact]
    public void ReadMetadata_CutOffAnywhere_IsRefusedOrLacksOnlyWholeProperties()
    {
        var refused = 0;
        for (var length = 0; length < s_model.Length; length++)
        {
            try
            {
                // A cut between two fields leaves a whole protobuf: then the graph must be there, and the check of the keys finds what is not.
                Assert.True(OnnxFile.ReadMetadata(Write(s_model[..length])).Count < 3, $"{length} bytes pass for all.");
            }
            catch (ModelException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, s_model.Length - 5, s_model.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>404 Not Found</html>")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 1\n")]
    [InlineData("PK\u0003\u0004 this is a zip")]
    public void ReadMetadata_OtherFile_IsRefused(string text) =>
        Assert.Throws<ModelException>(() => OnnxFile.ReadMetadata(Write(System.Text.Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void ReadMetadata_DamagedBytes_NeverFailsOtherwise()
    {
        var random = new Random(4);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = s_model.ToArray();
            for (var n = 0; n < 3; n++) { bytes[random.Next(bytes.Length)] = (byte)random.Next(256); }
            var fault = Record.Exception(() => OnnxFile.ReadMetadata(Write(bytes)));
            Assert.True(fault is null or ModelException, $"{fault}");
        }
    }

    [Fact]
    public void ReadMetadata_NoFile_IsRefused() => Assert.Throws<ModelException>(() => OnnxFile.ReadMetadata(models["nothing.onnx"]));

    private string Write(byte[] bytes) => Path.Combine(models.Folder("onnx", ("some.onnx", bytes)), "some.onnx");
}
