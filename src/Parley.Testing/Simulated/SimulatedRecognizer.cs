using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Parley.Pipeline;
using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;

namespace Parley.Testing.Simulated;

/// <summary>Understands each utterance as the next of a list of texts; a word becomes a partial for every stretch of audio.</summary>
public sealed class SimulatedRecognizer(TimeProvider time, string name = "simulated") : ISpeechRecognizer
{
    private int _next, _open;

    public string Name => name;

    /// <summary>What is understood, one text an utterance; the last repeats.</summary>
    public IReadOnlyList<string> Texts { get; set; } = ["hello there my friend"];

    /// <summary>Time until a stream is open.</summary>
    public TimeSpan OpenLatency { get; set; } = TimeSpan.Zero;

    /// <summary>While it opens a stream it does not notice that it is cancelled.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Time from the final's request to the final.</summary>
    public TimeSpan FinalLatency { get; set; } = TimeSpan.Zero;

    /// <summary>The audio that makes a word of a partial.</summary>
    public TimeSpan WordLength { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The audio of the utterance that was begun last.</summary>
    public IReadOnlyList<AudioFrame> LastAudio { get; private set; } = [];

    public double Confidence { get; set; } = 0.95;

    /// <summary>Fails instead of giving a final.</summary>
    public bool Fails { get; set; }

    /// <summary>Gives no final.</summary>
    public bool Hangs { get; set; }

    /// <summary>The disposal of a stream does not come back.</summary>
    public bool DisposalHangs { get; set; }

    /// <summary>After so much audio of an utterance its stream breaks off; null: never.</summary>
    public TimeSpan? BreaksAfter { get; set; }

    /// <summary>What it settles on after a pause, by pauses of an utterance; the last repeats. Empty: it settles on nothing.</summary>
    public IReadOnlyList<string> Settled { get; set; } = [];

    /// <summary>Streams that were opened and not disposed.</summary>
    public int OpenStreams => Volatile.Read(ref _open);

    /// <summary>Whether it keeps what it was asked, for a test to look at; long runs do without.</summary>
    public bool RemembersCalls { get; init; } = true;

    /// <summary>The requests so far.</summary>
    public List<RecognitionRequest> Requests { get; } = [];

    public async ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (OpenLatency > TimeSpan.Zero) { await Task.Delay(OpenLatency, time, IsDeaf ? CancellationToken.None : cancellationToken); }
        Interlocked.Increment(ref _open);
        if (RemembersCalls) { lock (Requests) { Requests.Add(request); } }
        var text = Texts[Math.Min(Interlocked.Increment(ref _next) - 1, Texts.Count - 1)];
        return new Stream(this, text);
    }

    private sealed class Stream(SimulatedRecognizer owner, string text) : IRecognitionStream
    {
        private readonly Channel<PartialTranscript> _partials = Channel.CreateUnbounded<PartialTranscript>();
        private readonly string[] _words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        private readonly CancellationTokenSource _stop = new();
        private readonly List<AudioFrame>? _audio = owner.Begin();
        private TimeSpan _heard;
        private int _told, _pauses, _disposed;

        public void Write(AudioFrame frame)
        {
            _audio?.Add(frame);
            _heard += frame.Duration;
            if (_heard >= owner.BreaksAfter) { _partials.Writer.TryComplete(new VoiceException(VoiceStage.Asr, "Simulated break.", isTransient: true)); }
            var words = Math.Min(_words.Length, (int)(_heard / owner.WordLength));
            if (words <= _told) { return; }
            _told = words;
            var partial = string.Join(' ', _words[..words]);
            _partials.Writer.TryWrite(new PartialTranscript(partial, partial.Length));
        }

        public void SpeechPaused()
        {
            if (owner.Settled.Count == 0) { return; }
            var settled = Final(owner.Settled[Math.Min(_pauses++, owner.Settled.Count - 1)]);
            _partials.Writer.TryWrite(new PartialTranscript(settled.Text, 0, settled));
        }

        public void SpeechResumed() { }

        public async IAsyncEnumerable<PartialTranscript> ReadPartialsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var partial in _partials.Reader.ReadEachAsync(cancellationToken)) { yield return partial; }
        }

        public async Task<FinalTranscript> FinishAsync(CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _partials.Writer.TryComplete();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
            if (owner.FinalLatency > TimeSpan.Zero) { await Task.Delay(owner.FinalLatency, owner.Time, either.Token); }
            if (owner.Hangs) { await Task.Delay(Timeout.InfiniteTimeSpan, owner.Time, either.Token); }
            if (owner.Fails || _heard >= owner.BreaksAfter) { throw new VoiceException(VoiceStage.Asr, "Simulated failure.", isTransient: true); }
            if (_heard == TimeSpan.Zero) { return FinalTranscript.Empty(owner.Name); }
            return Final(text);
        }

        private FinalTranscript Final(string said)
        {
            var words = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var each = words.Length == 0 ? TimeSpan.Zero : _heard / words.Length;
            return new FinalTranscript(
                said, [.. words.Select((w, i) => new RecognizedWord(w, each * i, each * (i + 1), owner.Confidence))], owner.Confidence, owner.Name);
        }

        public async ValueTask DisposeAsync()
        {
            if (owner.DisposalHangs) { await Task.Delay(Timeout.InfiniteTimeSpan, owner.Time); }
            _partials.Writer.TryComplete();
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                _stop.Cancel();
                _stop.Dispose();
                Interlocked.Decrement(ref owner._open);
            }
        }
    }

    private TimeProvider Time => time;

    private List<AudioFrame>? Begin()
    {
        if (!RemembersCalls) { return null; }
        var audio = new List<AudioFrame>();
        LastAudio = audio;
        return audio;
    }
}
