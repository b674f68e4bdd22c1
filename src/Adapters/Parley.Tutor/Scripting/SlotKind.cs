namespace Parley.Tutor.Scripting;

/// <summary>What may fill a slot.</summary>
public enum SlotKind
{
    /// <summary>One of the slot's values.</summary>
    List,

    /// <summary>A number, in digits or words.</summary>
    Number,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A person's name, after "my name is", "this is" and the like.</summary>
    Name,

    /// <summary>Up to four words of any kind, in their place in the answer's wording.</summary>
    Phrase,
}
