namespace Parley.Testing.Speech;

/// <summary>What a learner might say on an ordinary day.</summary>
public static class EverydaySentences
{
    public static IReadOnlyList<string> All { get; } =
    [
        "I would like a table for two near the window please.",
        "What time does the next train to London leave?",
        "Yesterday we went to the market and bought some fresh bread.",
        "My brother has worked in this company for seven years.",
        "The weather is much better today than it was last week.",
        "We are planning to visit our friends in the summer.",
        "Could you tell me how to get to the station?",
        "I usually have breakfast at half past seven.",
        "She is going to study medicine at the university.",
        "There is a small park behind the old church.",
        "I have never been to Spain but I would love to go.",
        "Can I pay by credit card or do you only take cash?",
        "He plays football with his children every Sunday morning.",
        "The film was interesting but a little too long.",
        "Please turn left at the corner and then go straight on.",
        "I forgot my umbrella on the bus this morning.",
        "How much does a ticket to the museum cost?",
        "My sister is looking for a new apartment in the city.",
        "If it rains tomorrow we will stay at home and cook.",
        "Thank you very much for your help.",
    ];
}
