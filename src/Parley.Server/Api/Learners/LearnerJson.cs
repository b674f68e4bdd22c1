using System.Text.Json.Serialization;
using Parley.Learning.Facts;
using Parley.Learning.Learners;
using Parley.Learning.Memory;
using Parley.Learning.Review;

namespace Parley.Server.Api.Learners;

/// <summary>A list, as the API gives it.</summary>
internal sealed record LearnerList<T>(IReadOnlyList<T> Data);

/// <summary>All that is kept of a learner.</summary>
internal sealed record LearnerExport(
    Learner Learner, IReadOnlyList<LearnerTurn> Turns, IReadOnlyList<Mistake> Mistakes, IReadOnlyList<WordRecord> Words, IReadOnlyList<PhoneRecord> Phones,
    IReadOnlyList<ReviewItem> Reviews, IReadOnlyList<LearnerFact> Facts, IReadOnlyList<LearnerMemory> Memories);

/// <summary>Something that is remembered, for people to read: without its vector.</summary>
internal sealed record LearnerMemory(string Id, RememberedKind Kind, string Text, DateTimeOffset At)
{
    public static LearnerMemory Of(Remembered memory) => new(memory.Id, memory.Kind, memory.Text, memory.At);
}

/// <summary>What the learners' endpoints give, in the API's spelling.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AttemptResult))]
[JsonSerializable(typeof(Learner))]
[JsonSerializable(typeof(LearnerExport))]
[JsonSerializable(typeof(LearnerList<LearnerTurn>))]
[JsonSerializable(typeof(LearnerList<Mistake>))]
[JsonSerializable(typeof(LearnerList<WordRecord>))]
[JsonSerializable(typeof(LearnerList<PhoneRecord>))]
[JsonSerializable(typeof(LearnerList<ReviewItem>))]
[JsonSerializable(typeof(LearnerList<LearnerFact>))]
[JsonSerializable(typeof(LearnerList<LearnerMemory>))]
[JsonSerializable(typeof(LearnerProgress))]
[JsonSerializable(typeof(Recommendations))]
[JsonSerializable(typeof(ReviewItem))]
internal sealed partial class LearnerJson : JsonSerializerContext;
