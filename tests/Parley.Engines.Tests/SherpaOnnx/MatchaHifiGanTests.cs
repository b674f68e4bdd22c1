namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>A Matcha with a HiFi-GAN behind it.</summary>
public sealed class MatchaHifiGanTests : PhoneVoiceTests
{
    protected override void Write(string folder) => VoiceModels.WriteMatcha(folder, vocos: false);
}
