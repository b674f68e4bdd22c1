using System.Diagnostics;
using System.Net.WebSockets;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Bench.Load;

/// <summary>A listener whose server dies in mid-sentence: takes an offered answer, plays the reply as it comes, and later goes on where it was.</summary>
internal sealed class ResumingClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30), s_report = TimeSpan.FromMilliseconds(200);

    private ConverseClient _client = new();
    private IReadOnlyList<SuggestionItem> _offered = [];
    private string _session = "", _token = "";
    private uint _generation;
    private long _lastSeq, _packets, _end, _firstSample, _playingSince;

    /// <summary>What the assistant said to what was answered, as far as it was heard; null until it was heard to its end.</summary>
    public string? Heard { get; private set; }

    /// <summary>From the first byte of the new connection to the first packet of audio.</summary>
    public TimeSpan FirstAudio { get; private set; }

    /// <summary>Whether the server said that it goes on with the session.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>Samples of the reply that came neither before nor after the break.</summary>
    public long Gap { get; private set; }

    private long Played => Math.Min(_end, AudioMath.SamplesIn(Stopwatch.GetElapsedTime(_playingSince), AudioMath.SpeechRate));

    /// <summary>Starts a conversation and answers the assistant's opening; returns when a second of the reply has come.</summary>
    public async Task TalkAsync(Uri server)
    {
        await _client.ConnectAsync(new Uri(server, "/v1/converse"));
        await _client.SendAsync(new SessionStart(Config: new SessionConfig { Scenario = "cafe", Level = CefrLevel.A2 }));
        await ReceiveUntilAsync(() => _offered.Count > 0 && _packets > 0);
        var opening = _generation;
        await _client.SendAsync(new TextInput(_offered[0].Text, _offered[0].SuggestionId));
        await ReceiveUntilAsync(() => _generation > opening && Played > 0.6 * AudioMath.SpeechRate);
    }

    /// <summary>Listens on, reporting where it is, until the line breaks.</summary>
    public async Task ListenUntilBrokenAsync()
    {
        try
        {
            await ReceiveUntilAsync(() => false);
        }
        catch (Exception e) when (e is WebSocketException or VoiceException or IOException or TimeoutException)
        {
            // That is what was waited for.
        }
    }

    /// <summary>Goes on with the session on a new line and hears the reply out.</summary>
    public async Task ResumeAsync(Uri server)
    {
        _client.Dispose();
        _client = new ConverseClient();
        var (end, began) = (_end, Stopwatch.GetTimestamp());
        _packets = 0;
        await _client.ConnectAsync(new Uri(server, "/v1/converse"));
        await _client.SendAsync(new SessionResume(_session, _token, _lastSeq));
        await ReceiveUntilAsync(() => _packets > 0);
        FirstAudio = Stopwatch.GetElapsedTime(began);
        Gap = Math.Max(0, _firstSample - end);
        await ReceiveUntilAsync(() => Heard is not null);
    }

    public void Dispose() => _client.Dispose();

    private async Task ReceiveUntilAsync(Func<bool> reached)
    {
        var (began, reported) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        while (!reached())
        {
            if (Stopwatch.GetElapsedTime(began) > s_patience) { throw new TimeoutException("The server falls silent."); }
            using var limit = new CancellationTokenSource(s_patience);
            if (await _client.ReceiveAsync(limit.Token) is not { } item) { throw new IOException("The line broke."); }
            Take(item);
            if (_generation > 0 && Stopwatch.GetElapsedTime(reported) > s_report)
            {
                reported = Stopwatch.GetTimestamp();
                await _client.SendAsync(new Playback(_generation, Played));
            }
        }
    }

    private void Take(object item)
    {
        if (item is ServerMessage numbered) { _lastSeq = Math.Max(_lastSeq, numbered.Seq); }
        switch (item)
        {
            case SessionReady m: (_session, _token, IsResumed) = (m.SessionId, m.ResumeToken, m.Resumed); break;
            case SuggestionsOffered m: _offered = m.Items; break;
            case AssistantTextDelta m when m.GenerationId > _generation:
                (_generation, _end, _packets, Heard) = (m.GenerationId, 0, 0, null);
                break;
            case AssistantTextDone m when m.GenerationId == _generation && m.HeardText == m.Text: Heard = m.Text; break;
            case AudioPacket p when p.GenerationId == _generation:
                if (_packets++ == 0)
                {
                    _firstSample = p.SampleOffset;
                    _playingSince = Stopwatch.GetTimestamp() - (long)(AudioMath.DurationOf(p.SampleOffset, p.SampleRate).TotalSeconds * Stopwatch.Frequency);
                }
                _end = Math.Max(_end, p.SampleOffset + p.Samples.Length);
                break;
        }
    }
}
