namespace Parley.Transports.EchoKit;

/// <summary>What a device asks for in the address that it connects to.</summary>
/// <param name="GoesOn"><c>reconnect</c>: it goes on with its conversation, and not with the reply that it was hearing; else it begins a new one.</param>
/// <param name="Opus"><c>opus</c>: the voice comes in packets of Opus; else as PCM.</param>
/// <param name="Vowels"><c>vowel</c>: each packet says which vowel its mouth shapes. Only with Opus.</param>
/// <param name="Streams"><c>stream_asr</c>: the server hears where a turn ends; else the device says so.</param>
public sealed record EchoKitRequest(bool GoesOn = false, bool Opus = false, bool Vowels = false, bool Streams = false);
