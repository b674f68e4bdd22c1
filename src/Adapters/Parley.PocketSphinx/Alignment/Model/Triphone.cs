namespace Parley.PocketSphinx.Alignment.Model;

/// <summary>A phone between its neighbours, each by its place in the model.</summary>
/// <param name="Phone">The phone.</param>
/// <param name="Left">The phone before it, or silence.</param>
/// <param name="Right">The phone behind it, or silence.</param>
/// <param name="Place">Where in its word it stands.</param>
internal readonly record struct Triphone(byte Phone, byte Left, byte Right, WordPlace Place);
