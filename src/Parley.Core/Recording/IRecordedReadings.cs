using Parley.Turns.Interruptions;

namespace Parley.Recording;

/// <summary>Gives a replay what was read when the session was recorded, in order.</summary>
internal interface IRecordedReadings
{
    /// <summary>The next position that was read for this; null: it is to be measured.</summary>
    long? NextPosition(uint generation, PlaybackPurpose purpose);

    /// <summary>The next sound that was judged; null: it is to be measured.</summary>
    SoundShape? NextSound();
}
