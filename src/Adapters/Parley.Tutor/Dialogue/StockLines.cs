namespace Parley.Tutor.Dialogue;

/// <summary>What the tutor says in every scenario. <c>{0}</c> is filled in by the dialogue.</summary>
internal static class StockLines
{
    public const string AgainId = "again";
    public const string FinishId = "finish";
    public const string Again = "Yes, let's do it again.";
    public const string Finish = "No, thank you. Goodbye.";

    /// <summary>What any learner may say at any time; recognisers are told to expect it.</summary>
    public static readonly string[] Anytime = ["I don't know.", "Could you repeat that, please?", "Help me, please."];

    public static readonly string[] Interrupted = ["Sure.", "Of course.", "Yes, go ahead."];
    public static readonly string[] Recast = ["Ah, {0}.", "I see, {0}.", "OK, {0}."];
    public static readonly string[] Repeat = ["Of course.", "No problem.", "Sure, once more."];
    public static readonly string[] Waiting = ["Take your time.", "No hurry.", "I'm listening."];
    public static readonly string[] Steer =
        ["I'm not sure how to answer that here.", "I didn't quite follow that.", "Let's stay with our conversation for now."];

    public static readonly string[] Easier = ["Let me make it easier.", "Let's try it another way.", "Let me help you a little."];
    public static readonly string[] CouldSay = ["You could say: \"{0}\"", "For example: \"{0}\"", "One good answer is: \"{0}\""];
    public static readonly string[] MoveOn = ["Never mind, let's go on.", "That's all right, let's move on.", "No problem, we'll come back to it another day."];
    public static readonly string[] Heard = ["You said: \"{0}\".", "I heard: \"{0}\"."];
    public static readonly string[] HeardMuch = ["Thank you for telling me so much.", "That was a lot to say in English, well done."];
    public static readonly string[] Limits =
        ["I'm a scripted partner, so I can't follow everything, but let's keep talking.", "I can't follow all of that, so let me ask you something."];

    public static readonly string[] Listening = ["Thanks, I heard you.", "Thank you for telling me."];
    public static readonly string[] NoMeaning = ["I'm sorry, I have no explanation for \"{0}\".", "I can't explain \"{0}\", sorry."];
    public static readonly string[] Goodbye = ["Goodbye! Thank you for practising with me.", "Bye for now! You did well to practise today."];
    public static readonly string[] AskAgain = ["Would you like to do it again?", "Shall we try it once more?"];
    public static readonly string[] Ended = ["We have come to the end of this conversation.", "This conversation is over."];
    public static readonly string[] Practise = ["Last time we practised: \"{0}\" Try to use it today.", "Do you remember? \"{0}\" Let's use that today."];
    public static readonly string[] Greeting = ["It's good to see you again, {0}.", "Welcome back, {0}."];
    public static readonly string[] Remembered = ["Last time you told me: \"{0}\" I remember that.", "I remember that you said: \"{0}\""];
    public static readonly string[] Managed = ["You managed to {0}.", "Well done: you managed to {0}."];

    /// <summary>All that the tutor itself says.</summary>
    public static IEnumerable<string> All =>
        new[] { Interrupted, Recast, Repeat, Waiting, Steer, Easier, CouldSay, MoveOn, Heard, HeardMuch, Limits, Listening, NoMeaning, Goodbye, AskAgain, Ended, Managed, Practise, Greeting, Remembered }
            .SelectMany(lines => lines);
}
