using System.Diagnostics;
using Parley.Audio;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Bench.Load;

/// <summary>
/// One user at real-time pace: hears the assistant out, takes a breath, says the next line, and so on. The microphone is always open.
/// </summary>
/// <remarks><see cref="Tick"/> is called by the real-time loop every 20 ms; what the server sends is received by a task of its own.</remarks>
internal sealed class Speaker : IDisposable
{
    private const int FrameSamples = AudioMath.SpeechRate * RealTimeLoop.FrameMs / 1000;
    private const int ReportEvery = 10;

    private static readonly byte[] s_silence = new byte[2 * FrameSamples];
    private static readonly TimeSpan s_longestTurn = TimeSpan.FromSeconds(60), s_longestFeedback = TimeSpan.FromSeconds(5);

    private readonly ConverseClient _client;
    private readonly ILines _lines;
    private readonly int _breathFrames;
    private readonly Playout _playout = new();
    private readonly Lock _lock = new();
    private readonly List<TurnRecord> _turns = [];
    private readonly Dictionary<string, long> _feedback = [], _finals = [];
    private readonly Task _receiving;

    private IReadOnlyList<SuggestionItem> _offered = [];
    private TurnState _state = TurnState.Idle;
    private bool _awaitsAnswer;
    private long _speechSent, _audioArrived, _waitsSince;
    private short[] _line = [];
    private int _next, _idleFrames, _ticks;

    private Speaker(ConverseClient client, ILines lines, TimeSpan breath, bool assistantOpens)
    {
        (_client, _lines, _awaitsAnswer, _waitsSince) = (client, lines, assistantOpens, Stopwatch.GetTimestamp());
        _breathFrames = (int)(breath.TotalMilliseconds / RealTimeLoop.FrameMs);
        _receiving = ReceiveAsync();
    }

    /// <summary>Turns that were spoken and answered.</summary>
    public IReadOnlyList<TurnRecord> Turns { get { lock (_lock) { return [.. _turns.Select(WithFeedback)]; } } }

    /// <summary>Whether all that is to be said of the last turn may still come.</summary>
    public bool AwaitsFeedback
    {
        get
        {
            lock (_lock) { return _turns is [.., var last] && !_finals.ContainsKey(last.Metrics.TurnId) && Stopwatch.GetElapsedTime(last.SpeechSent) < s_longestFeedback; }
        }
    }

    /// <summary>How many turns were answered.</summary>
    public int TurnCount { get { lock (_lock) { return _turns.Count; } } }

    public Playout Playout => _playout;

    /// <summary>Which engine took over from which.</summary>
    public List<Degraded> Changes { get; } = [];

    /// <summary>Errors that the server sent, by code.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Whether it has nothing more to say.</summary>
    public bool HasFinished { get; private set; }

    /// <param name="server">Where.</param>
    /// <param name="config">The session's configuration; with a scenario the assistant speaks first.</param>
    /// <param name="lines">What is said.</param>
    /// <param name="breath">Silence between the assistant's last word and the user's first.</param>
    public static async Task<Speaker> ConnectAsync(Uri server, SessionConfig config, ILines lines, TimeSpan breath) =>
        new(await ConverseClient.StartAsync(server, config), lines, breath, config.Scenario is not null);

    /// <summary>Sends the next 20 ms of the microphone.</summary>
    /// <exception cref="TimeoutException">An answer did not come.</exception>
    public void Tick()
    {
        if (HasFinished) { return; }
        lock (_lock)
        {
            if (_awaitsAnswer && Stopwatch.GetElapsedTime(_waitsSince) > s_longestTurn)
            {
                throw new TimeoutException($"No answer after {_turns.Count} turns; errors: {string.Join(", ", Errors)}.");
            }
            if (_next >= _line.Length && !_awaitsAnswer && _state == TurnState.Idle && ++_idleFrames > _breathFrames) { Begin(); }
        }
        if (_next < _line.Length) { Say(); } else { Send(s_silence); }
        if (++_ticks % ReportEvery == 0) { ReportPlayback(); }
    }

    /// <summary>As <see cref="Tick"/>; who gets no answer says nothing more.</summary>
    public void TickOrGiveUp()
    {
        try
        {
            Tick();
        }
        catch (TimeoutException)
        {
            HasFinished = true;
        }
    }

    /// <summary>Ends the session as agreed.</summary>
    public async Task EndAsync()
    {
        HasFinished = true;
        await _client.SendAsync(new SessionEnd());
        await _receiving.WaitAsync(ConverseClient.Patience);
    }

    public void Dispose() => _client.Dispose();

    private void Begin()
    {
        if (_lines.Next(_offered) is not { } line)
        {
            HasFinished = true;
            return;
        }
        (_line, _next, _idleFrames, _audioArrived) = (line, 0, 0, 0);
    }

    private void Say()
    {
        var frame = new byte[2 * FrameSamples];
        var part = _line.AsSpan(_next, Math.Min(FrameSamples, _line.Length - _next));
        Pcm16.Write(part, frame);
        _next += part.Length;
        lock (_lock) { if (_next >= _line.Length) { (_awaitsAnswer, _waitsSince) = (true, Stopwatch.GetTimestamp()); } }
        Send(frame);
        lock (_lock) { if (_next >= _line.Length) { _speechSent = Stopwatch.GetTimestamp(); } }
    }

    private TurnRecord WithFeedback(TurnRecord turn) => turn with { FeedbackArrived = Find(_feedback, turn), FinalArrived = Find(_finals, turn) };

    private static long? Find(Dictionary<string, long> arrived, TurnRecord turn) => arrived.TryGetValue(turn.Metrics.TurnId, out var at) ? at : null;

    private void ReportPlayback()
    {
        var (generation, played, finished) = _playout.Position;
        if (generation == 0) { return; }
        _client.SendAsync(new Playback(generation, played, finished ? PlaybackState.Finished : PlaybackState.Playing)).GetAwaiter().GetResult();
    }

    private void Send(byte[] frame) => _client.SendAudioAsync(frame).GetAwaiter().GetResult();

    private async Task ReceiveAsync()
    {
        while (await _client.ReceiveAsync() is { } item) { Take(item, Stopwatch.GetTimestamp()); }
    }

    private void Take(object item, long arrived)
    {
        lock (_lock)
        {
            switch (item)
            {
                case AudioPacket packet:
                    if (_audioArrived == 0) { _audioArrived = arrived; }
                    _playout.Add(packet, arrived);
                    break;
                case StateUpdate m: _state = m.State; break;
                case SuggestionsOffered m: _offered = m.Items; break;
                case ErrorMessage m: Errors.Add(m.Code); break;
                case Degraded m: Changes.Add(m); break;
                case FeedbackDelta m: _feedback.TryAdd(m.TurnId, arrived); break;
                case FeedbackFinal m:
                    _feedback.TryAdd(m.TurnId, arrived);
                    _finals[m.TurnId] = arrived;
                    break;
                case TurnMetrics m:
                    // The assistant's opening has no speech before it.
                    if (m.EndpointMs is not null) { _turns.Add(new TurnRecord(m, _speechSent, _audioArrived)); }
                    _awaitsAnswer = false;
                    _idleFrames = 0;
                    break;
            }
        }
    }
}
