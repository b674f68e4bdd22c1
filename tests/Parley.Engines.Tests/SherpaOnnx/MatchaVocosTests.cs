namespace Parley.Engines.Tests.SherpaOnnx;

/// <summary>A Matcha with a Vocos behind it.</summary>
public sealed class MatchaVocosTests : PhoneVoiceTests
{
    protected override void Write(string folder) => VoiceModels.WriteMatcha(folder, vocos: true);
}
