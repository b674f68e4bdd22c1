using Parley.Replies;

namespace Parley.Tutor.Dialogue;

/// <summary>A reply of the tutor.</summary>
internal sealed record TutorTurn(string Text, SuggestionsContent Suggestions, EmotionContent Emotion, TutorState State);
