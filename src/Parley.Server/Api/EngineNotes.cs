namespace Parley.Server.Api;

/// <summary>What a user of the embedded engines must know.</summary>
public static class EngineNotes
{
    public const string FreeDictation =
        "PocketSphinx recognises offered answers well (about nine in ten), but not what learners say freely (three words in four are wrong): "
        + "for free conversation configure a better recogniser.";
}
