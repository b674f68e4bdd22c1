namespace Parley.Tts;
public sealed record Clause(string Text, int Offset, string Spoken);
