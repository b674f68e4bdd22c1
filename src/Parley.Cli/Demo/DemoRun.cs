using Parley.Audio;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Cli.Demo;

/// <summary>One conversation with a running server, at real-time pace: microphone, loudspeaker and captions.</summary>
internal sealed class DemoRun(ILearner learner, DemoView view, CaptionPrinter captions, TimeProvider time)
{
    private const int FrameSamples = AudioMath.SpeechRate / 50;
    private const int ReportEvery = 10;

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private readonly Loudspeaker _loudspeaker = new();

    /// <summary>What was said, left, and what was heard, right, as interleaved stereo at 16 kHz.</summary>
    public List<short> Conversation { get; } = [];

    /// <exception cref="TimeoutException">The conversation did not end.</exception>
    public async Task RunAsync(Uri server, string key, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var client = new ConverseConnection(time, key);
        await client.ConnectAsync(server, cancellationToken: cancellationToken);
        await client.SendAsync(new SessionStart(Config: learner.Config), cancellationToken);
        var receiving = ReceiveAsync(client, stop.Token);
        await StreamAsync(client, cancellationToken);
        await client.SendAsync(new SessionEnd(), cancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            await receiving;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The server took its time to say goodbye.
        }
    }

    /// <summary>Every 20 ms: what the learner says goes out, what is heard is noted.</summary>
    private async Task StreamAsync(ConverseConnection client, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var (said, heard) = (new short[FrameSamples], new short[FrameSamples]);
        for (var tick = 1; !learner.HasFinished(view) && !view.HasEnded; tick++)
        {
            Array.Clear(said);
            learner.Speak(said, view);
            await client.SendAudioAsync(Pcm16.ToBytes(said), cancellationToken);
            _loudspeaker.Play(heard);
            for (var i = 0; i < FrameSamples; i++)
            {
                Conversation.Add(said[i]);
                Conversation.Add(heard[i]);
            }
            if (tick % ReportEvery == 0) { await ReportPlaybackAsync(client, cancellationToken); }

            var elapsed = time.GetElapsedTime(start);
            if (elapsed > s_longest) { throw new TimeoutException("The conversation did not end within five minutes."); }
            var wait = TimeSpan.FromMilliseconds(20.0 * tick) - elapsed;
            if (wait > TimeSpan.Zero) { await Task.Delay(wait, time, cancellationToken); }
        }
    }

    private async Task ReportPlaybackAsync(ConverseConnection client, CancellationToken cancellationToken)
    {
        var (generation, played, empty) = _loudspeaker.Position;
        if (generation > 0)
        {
            await client.SendAsync(new Playback(generation, played, empty ? PlaybackState.Finished : PlaybackState.Playing), cancellationToken);
        }
    }

    private async Task ReceiveAsync(ConverseConnection client, CancellationToken cancellationToken)
    {
        while (await client.ReceiveAsync(cancellationToken) is { } received)
        {
            switch (received)
            {
                case AudioPacket packet:
                    _loudspeaker.Add(packet);
                    view.Take(packet);
                    break;
                case ServerMessage message:
                    _loudspeaker.Take(message);
                    view.Take(message);
                    captions.Print(message);
                    break;
            }
        }
        view.End();
    }
}
