namespace Parley.Bench.Load.Http;

/// <summary>What a run of a load generator saw, in milliseconds. Thread-safe to add to; read it afterwards.</summary>
internal sealed class LoadSample
{
    private readonly Lock _lock = new();

    /// <summary>From sending to the first piece of content.</summary>
    public List<double> FirstContent { get; } = [];

    /// <summary>The same without what the model took on purpose: the way there and back.</summary>
    public List<double> Way { get; } = [];

    /// <summary>Requests that got no whole answer.</summary>
    public int Errors { get; private set; }

    /// <summary>What the first of them was.</summary>
    public string? FirstError { get; private set; }

    /// <summary>From the first request to the last answer.</summary>
    public TimeSpan Elapsed { get; set; }

    public double PerSecond => FirstContent.Count / Elapsed.TotalSeconds;

    /// <summary>Counts an answer; one that is not whole is an error.</summary>
    /// <param name="answer">What came.</param>
    /// <param name="tokens">Pieces of content that it should have; 0 where that is open.</param>
    public void Add(Answer answer, int tokens)
    {
        if (answer.Status != 200 || answer.Tokens == 0 || (tokens > 0 && answer.Tokens != tokens))
        {
            AddError($"Status {answer.Status}, {answer.Tokens} of {tokens} pieces of content.");
            return;
        }
        lock (_lock)
        {
            FirstContent.Add(answer.FirstContent.TotalMilliseconds);
            Way.Add((answer.FirstContent - answer.Held).TotalMilliseconds);
        }
    }

    public void AddError(string what)
    {
        lock (_lock)
        {
            Errors++;
            FirstError ??= what;
        }
    }

    /// <summary>Takes in what another run saw.</summary>
    public void Merge(LoadSample other)
    {
        FirstContent.AddRange(other.FirstContent);
        Way.AddRange(other.Way);
        Errors += other.Errors;
        FirstError ??= other.FirstError;
        Elapsed += other.Elapsed;
    }
}
