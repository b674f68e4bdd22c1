using System.Text;
using Microsoft.Extensions.AI;

namespace Parley.Replies.QuickReplies;

/// <summary>Asks the small model for an opener, beside the large one's answer. It never fails: what goes wrong or comes late is no opener.</summary>
/// <remarks>One caller. Disposing it ends the call.</remarks>
internal sealed class OpenerCall : IAsyncDisposable
{
    private const int MostQuestion = 600;

    private const string Prompt =
        "The user's question is being answered by someone else, who needs a moment. Reply with nothing but an opener of one to three words that bridges "
        + "the wait, in the language of the question, such as \"Sure,\" \"Okay,\" \"Let me think,\" or \"好的，\" \"让我想想，\". "
        + "Never answer, agree, disagree, greet or ask.";

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop;
    private readonly TimeProvider _time;
    private readonly Task<string?> _opener;

    /// <param name="quick">The small model.</param>
    /// <param name="question">What the user said.</param>
    /// <param name="options">How long it may take.</param>
    /// <param name="time">The clock.</param>
    public OpenerCall(IChatClient quick, string question, QuickReplyOptions options, TimeProvider time)
    {
        _time = time;
        _stop = new CancellationTokenSource(options.Deadline, time);
        _opener = AskAsync(quick, question.Length > MostQuestion ? question[^MostQuestion..] : question, options.MaxTokens, _stop.Token);
    }

    /// <summary>Waits for the opener, but not longer than for the large model.</summary>
    /// <returns>Null: the large model was first, or there is no opener.</returns>
    public async Task<string?> ComesBeforeAsync(Task answer)
    {
        if (answer.IsCompleted) { return null; }
        await Task.WhenAny(answer, _opener);
        return answer.IsCompleted ? null : await _opener;
    }

    /// <summary>It is not wanted any more.</summary>
    public void Stop() => _stop.Cancel();

    public async ValueTask DisposeAsync()
    {
        _stop.Cancel();
        try { await _opener.WaitAsync(s_grace, _time); }
        catch (TimeoutException) { return; } // A model that does not listen is left behind.
        _stop.Dispose();
    }

    private static async Task<string?> AskAsync(IChatClient quick, string question, int maxTokens, CancellationToken cancellationToken)
    {
        var said = new StringBuilder();
        try
        {
            var options = new ChatOptions { MaxOutputTokens = maxTokens, Temperature = 0.3f };
            await foreach (var update in quick.GetStreamingResponseAsync(
                [new ChatMessage(ChatRole.System, Prompt), new ChatMessage(ChatRole.User, question)], options, cancellationToken))
            {
                said.Append(update.Text);
                if (Opener.Early(said.ToString()) is { } opener) { return opener; }
            }
        }
#pragma warning disable CA1031 // Whatever it is: the large model answers alone.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
        return Opener.Of(said.ToString(), isComplete: true);
    }
}
