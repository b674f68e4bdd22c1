using System.Collections.Concurrent;
using Parley.Diagnostics;
using Parley.Timeline;

namespace Parley.Learning.Memory;

/// <summary>What is remembered of learners. A memory of this process always serves; a better one, by a model or on a server, answers where it is configured and can.</summary>
/// <remarks>
/// Thread-safe. Failures are a <see cref="StoreException"/>. What fails in the better memory is <see cref="Problem"/> and no failure: what it missed is given to it later.
/// </remarks>
/// <param name="builtIn">Keeps everything.</param>
/// <param name="better">Understands more; null: there is none.</param>
/// <param name="time">The clock of the waits.</param>
public sealed class LearnerMemories(EmbeddedMemory builtIn, EmbeddedMemory? better, TimeProvider time)
{
    /// <summary>Learners of whom it is known that the better memory has everything.</summary>
    private const int MostWhole = 4_096;

    private const int Batch = 64;

    // A reply waits 30 ms for all that is known of a learner (RecallingChatClient).
    private static readonly TimeSpan s_budget = TimeSpan.FromMilliseconds(20), s_patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, bool> _whole = new(StringComparer.Ordinal);
    private string? _problem;

    /// <summary>Why the better memory does not serve; null: it does, or there is none.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Opens the better memory, so that nobody waits for that.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) =>
        better is null ? Task.CompletedTask : TryAsync(async () => await better.OpenAsync(cancellationToken), cancellationToken);

    /// <summary>Keeps memories; vectors that they have already count for nothing.</summary>
    public async Task AddAsync(string learnerId, IReadOnlyList<Remembered> memories, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memories);
        await builtIn.AddAsync(learnerId, memories, cancellationToken);
        if (better is not null && !await TryAsync(() => PassOnAsync(learnerId, memories, cancellationToken), cancellationToken)) { _whole.TryRemove(learnerId, out _); }
    }

    /// <summary>The memories nearest to what was said, the nearest first.</summary>
    public async Task<IReadOnlyList<Recollection>> RecallAsync(string learnerId, string said, int count, CancellationToken cancellationToken = default)
    {
        if (better is not null)
        {
            try
            {
                if (await AskAsync(learnerId, said, count).WaitAsync(s_budget, time, cancellationToken) is { Count: > 0 } found) { return found; }
            }
            catch (TimeoutException)
            {
                // Then by words.
            }
        }
        return await builtIn.RecallAsync(learnerId, said, count, cancellationToken);
    }

    /// <summary>All that is remembered of a learner, the newest first.</summary>
    public async Task<IReadOnlyList<Remembered>> ListAsync(string learnerId, CancellationToken cancellationToken = default) =>
        await (await builtIn.OpenAsync(cancellationToken)).ListAsync(learnerId, cancellationToken);

    /// <summary>Forgets one thing, wherever it is.</summary>
    /// <returns>False: it was not remembered.</returns>
    public async Task<bool> ForgetAsync(string learnerId, string id, CancellationToken cancellationToken = default)
    {
        var wasThere = false;
        if (better is not null) { await MustAsync(async memory => wasThere = await memory.ForgetAsync(learnerId, id, cancellationToken), cancellationToken); }
        return await (await builtIn.OpenAsync(cancellationToken)).ForgetAsync(learnerId, id, cancellationToken) || wasThere;
    }

    /// <summary>Forgets all of a learner, wherever it is.</summary>
    public async Task ForgetAsync(string learnerId, CancellationToken cancellationToken = default)
    {
        if (better is not null) { await MustAsync(async memory => await memory.ForgetAsync(learnerId, cancellationToken), cancellationToken); }
        await (await builtIn.OpenAsync(cancellationToken)).ForgetAsync(learnerId, cancellationToken);
    }

    /// <summary>Gives to the better memory what it does not have: the new memories, and at a learner's first turn all that it missed, or that another embedder made.</summary>
    private async Task PassOnAsync(string learnerId, IReadOnlyList<Remembered> memories, CancellationToken cancellationToken)
    {
        if (!_whole.ContainsKey(learnerId))
        {
            var there = (await (await better!.OpenAsync(cancellationToken)).ListAsync(learnerId, cancellationToken)).ToDictionary(m => m.Id, m => m.Text);
            memories = [.. (await ListAsync(learnerId, cancellationToken)).Where(m => there.GetValueOrDefault(m.Id) != m.Text)];
        }
        foreach (var batch in memories.Chunk(Batch)) { await better!.AddAsync(learnerId, batch, cancellationToken); }
        if (_whole.Count >= MostWhole) { _whole.Clear(); }
        _whole[learnerId] = true;
    }

    /// <summary>Asks the better memory. Whoever waits no longer leaves the question behind, which finds out whether the memory is slow or dead.</summary>
    private async Task<IReadOnlyList<Recollection>> AskAsync(string learnerId, string said, int count)
    {
        IReadOnlyList<Recollection> found = [];
        using var limit = new CancellationTokenSource(s_patience, time);
        await TryAsync(async () => found = await better!.RecallAsync(learnerId, said, count, limit.Token), CancellationToken.None);
        return found;
    }

    private async Task<bool> TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            Volatile.Write(ref _problem, null);
            return true;
        }
        catch (Exception e) when (e is StoreException or VoiceException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Volatile.Write(ref _problem, $"Memories are found by their words alone. {(e is OperationCanceledException ? "The better memory does not answer." : e.Message)}");
            return false;
        }
    }

    /// <summary>What is to be forgotten must be: what cannot be reached is no place where it may stay unnoticed.</summary>
    private async Task MustAsync(Func<IVectorMemory, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(await better!.OpenAsync(cancellationToken));
        }
        catch (VoiceException e)
        {
            throw new StoreException($"Nothing is forgotten, for the embedder of the memories fails. {e.Message}", e);
        }
    }
}
