using Parley.Alignment;

namespace Parley.PocketSphinx.Alignment.Model;

/// <summary>An aligned phone and what it stands between.</summary>
/// <param name="At">Which phone, and where it sounds.</param>
/// <param name="Triphone">The same as the model has it, with its neighbours.</param>
internal readonly record struct PhoneInContext(AlignedPhone At, Triphone Triphone);
