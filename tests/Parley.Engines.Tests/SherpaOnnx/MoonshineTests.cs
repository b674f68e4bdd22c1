namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>A Moonshine of four networks.</summary>
public sealed class MoonshineTests : SpellingRecognizerTests
{
    protected override void Write(string folder) => SpellingModels.WriteMoonshine(folder);
}
