namespace Parley.Pipeline;

/// <summary>When a window of the microphone's audio was complete, in timestamps of the clock.</summary>
/// <param name="Spoken">Its last sample was spoken.</param>
/// <param name="Arrived">The client's packet that this sample is in was here.</param>
internal readonly record struct WindowTimes(long Spoken, long Arrived);
