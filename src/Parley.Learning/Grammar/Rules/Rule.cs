namespace Parley.Learning.Grammar.Rules;

/// <summary>What learners say, and what is said instead.</summary>
/// <param name="Name">Its name, which stays the same for the learner's record.</param>
/// <param name="Type">The kind of the error after ERRANT.</param>
/// <param name="Level">The level of the CEFR at which it is taught.</param>
/// <param name="Medium">What it is for.</param>
/// <param name="Pattern">What it fits.</param>
/// <param name="Replacement">What stands there instead.</param>
/// <param name="Why">Why a native speaker does not say so, in simple English.</param>
/// <param name="WhyChinese">The same in Chinese.</param>
/// <param name="Examples">Its tests: wrong sentences with what becomes of them, right ones with themselves.</param>
internal sealed record Rule(
    string Name, string Type, string Level, Medium Medium, Pattern Pattern, Replacement Replacement, string Why, string WhyChinese, IReadOnlyList<Example> Examples);
