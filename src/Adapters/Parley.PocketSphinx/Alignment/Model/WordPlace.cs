namespace Parley.PocketSphinx.Alignment.Model;

/// <summary>Where in a word a phone stands, as the acoustic model numbers it.</summary>
internal enum WordPlace : byte
{
    Inside,
    First,
    Last,
    Only,
}
