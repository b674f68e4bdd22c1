using Parley.Transports.Xiaozhi;

namespace Parley.Core.Tests.Transports.Xiaozhi;

public sealed class FacesTests
{
    [Theory]
    [InlineData("neutral", "neutral", "😶")]
    [InlineData("happy", "happy", "🙂")]
    [InlineData("encouraging", "happy", "🙂")]
    [InlineData("surprised", "surprised", "😯")]
    [InlineData("thinking", "thinking", "🤔")]
    [InlineData("concerned", "sad", "😔")]
    [InlineData("laughing", "laughing", "😆")]
    [InlineData("melancholic", "neutral", "😶")]
    public void Of_Emotion_IsAFaceOfTheFirmware(string emotion, string face, string emoji) => Assert.Equal((face, emoji), (Faces.Of(emotion).Emotion, Faces.Of(emotion).Text));
}
