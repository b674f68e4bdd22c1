using Parley.Learning.Discourse;
using Parley.Learning.Memory;
using Parley.Turns.Coaching;

namespace Parley.Learning.Tests.Discourse;

public sealed class CoherenceJudgeTests
{
    // A question, an answer, a question: what follows is on topic, or is the answer to the next one's question.
    private static readonly (string Question, string Answer, string Next, string OnTopic)[] s_talks =
    [
        ("What do you do at the weekend?", "I play football with my friends.", "Where do you play football?", "We play football in the park because it is near."),
        ("Do you have a pet?", "Yes, I have a black cat.", "What does your cat like?", "My cat likes fish and sleeping in the sun."),
        ("Where do you live?", "I live in a small village near the sea.", "Is the village quiet?", "Yes, the village is quiet, but in summer tourists come to the sea."),
        ("What is your job?", "I am a nurse in a hospital.", "Do you like working in the hospital?", "I like the hospital because I help people."),
        ("What did you eat today?", "I ate rice with vegetables.", "Who cooked the rice?", "My mother cooked rice and I cooked the vegetables."),
        ("How do you learn English?", "I watch films in English.", "Which films do you watch?", "I watch old films, so I learn many words."),
        ("Do you like music?", "I play the piano every day.", "How long have you played the piano?", "I have played piano since I was six."),
        ("What is the weather like?", "It rains a lot this week.", "Do you like rain?", "I do not like rain when I go to work."),
    ];

    private readonly CoherenceJudge _judge = new(new LexicalEmbeddings());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Judge_AnswersToAnotherQuestion_AreFartherThanTheRightOnes()
    {
        var (right, pairs) = (0, 0);
        for (var i = 0; i < s_talks.Length; i++)
        {
            var on = await JudgeAsync(s_talks[i], s_talks[i].OnTopic);
            for (var j = 1; j < s_talks.Length; j++)
            {
                var off = await JudgeAsync(s_talks[i], s_talks[(i + j) % s_talks.Length].OnTopic);
                pairs++;
                right += on > off ? 1 : 0;
            }
        }
        Assert.True(right >= 0.86 * pairs, $"{right} of {pairs} answers that belong elsewhere were found.");
    }

    [Fact]
    public async Task Judge_AnAnswer_ShowsWhatItIsJudgedBy()
    {
        var coherence = await _judge.JudgeAsync("The black one likes fish because it is soft. It is fun.", Before(s_talks[1]), Cancelled);
        Assert.Equal(["because"], coherence!.Connectives);
        Assert.Equal(["black"], coherence.NamedAgain);
        Assert.InRange(coherence.Score, 1, 100);
    }

    [Fact]
    public async Task Judge_FirstSentence_SaysNothing() => Assert.Null(await _judge.JudgeAsync("Hello.", [], Cancelled));

    [Theory]
    [InlineData("")]
    [InlineData("🙂 … !!")]
    public async Task Judge_NoWords_IsFar(string text)
    {
        var coherence = await _judge.JudgeAsync(text, [new(true, "I like tea. I drink it every day. It is good."), new(false, "Which tea do you like?")], Cancelled);
        Assert.InRange(coherence!.Score, 0, 10);
    }

    private async Task<double> JudgeAsync((string Question, string Answer, string Next, string OnTopic) talk, string answer) =>
        (await _judge.JudgeAsync(answer + " It is true. I think so.", Before(talk), Cancelled))!.Score;

    private static TurnBefore[] Before((string Question, string Answer, string Next, string OnTopic) talk) => [new(false, talk.Question), new(true, talk.Answer), new(false, talk.Next)];
}
