using System.Diagnostics;
using Parley.LoadTest;
using Parley.LoadTest.Sessions;
using Parley.LoadTest.Speech;

namespace Parley.Server.Tests.Bench;

/// <summary>What the load generator's figures rest on.</summary>
public sealed class LoadTestTests
{
    private const int Frame = 320;

    [Fact]
    public void Playout_PacketsInTime_LeaveNoGap()
    {
        var playout = new Playout(TimeSpan.FromMilliseconds(60));
        for (var i = 0; i < 50; i++) { Assert.False(playout.Add(1, 0, i * Frame, Frame, At(1_000 + (i * 20) + (i % 3 * 15))).IsGap); }
        Assert.Equal(50 * Frame, playout.Played(At(5_000)));
    }

    [Fact]
    public void Playout_PacketBehindTheCushion_IsOneGapAndPlaybackGoesOnFromThere()
    {
        var playout = new Playout(TimeSpan.FromMilliseconds(60));
        playout.Add(1, 0, 0, Frame, At(1_000));
        var late = playout.Add(1, 0, Frame, Frame, At(1_100));
        Assert.True(late.IsGap);
        Assert.Equal(80, late.Jitter.TotalMilliseconds, tolerance: 0.1);
        Assert.False(playout.Add(1, 0, 2 * Frame, Frame, At(1_110)).IsGap);
        Assert.False(playout.IsPlayedOut(At(1_130)));
        Assert.True(playout.IsPlayedOut(At(1_141)));
    }

    [Fact]
    public void Playout_SentAgainAfterABreak_IsNoGapAndMovesNothing()
    {
        var playout = new Playout(TimeSpan.FromMilliseconds(60));
        for (var i = 0; i < 10; i++) { playout.Add(1, 0, i * Frame, Frame, At(1_000 + i)); }

        // Half of it was played meanwhile; the server knows of less.
        for (var i = 3; i < 10; i++) { Assert.Equal((TimeSpan.Zero, false), playout.Add(1, 0, i * Frame, Frame, At(1_160 + i))); }

        Assert.False(playout.Add(1, 0, 10 * Frame, Frame, At(1_171)).IsGap);
        Assert.True(playout.IsPlayedOut(At(1_281)));
    }

    [Fact]
    public void Playout_LateInAnotherClause_IsAPause()
    {
        var playout = new Playout(TimeSpan.FromMilliseconds(60));
        playout.Add(1, 0, 0, Frame, At(1_000));
        Assert.False(playout.Add(1, 1, Frame, Frame, At(2_000)).IsGap);
        Assert.False(playout.Add(2, 0, 0, Frame, At(3_000)).IsGap);
    }

    [Fact]
    public void Cut_SpeechWithALongPause_GivesStretchesThatEndWithSpeech()
    {
        short[] tone = [.. Enumerable.Range(0, 16_000).Select(i => (short)(8_000 * Math.Sin(i / 10.0)))];
        var stretches = Utterances.Cut([.. tone, .. new short[8_000], .. tone, .. new short[3_000]]).ToArray();
        Assert.Equal(2, stretches.Length);
        Assert.All(stretches, stretch =>
        {
            Assert.Equal(50, stretch.Length);
            Assert.Contains(stretch[^1], b => b != 0);
        });
    }

    [Fact]
    public void Read_Message_GivesTheFieldsThatAClientActsOn()
    {
        var read = ServerEvent.Read("""{"type":"turn_metrics","session_id":"s","seq":7,"turn_id":"t1","overhead_ms":1.5,"nested":{"seq":9}}"""u8);
        Assert.Equal((ServerEvent.Metrics, 7L, 1.5, null), (read.Type, read.Seq, read.OverheadMs, read.SessionId));
        Assert.Equal(("s", "k"), (ServerEvent.Read("""{"type":"session.ready","session_id":"s","resume_token":"k"}"""u8) is var ready ? (ready.SessionId, ready.ResumeToken) : default));
    }

    [Fact]
    public void Scenario_WithWhatItDoesNotKnow_SaysSo()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{"barge_in":0.5,"patience":1}""");
            Assert.Contains("patience", Assert.Throws<InvalidDataException>(() => LoadScenario.Read(file)).Message, StringComparison.Ordinal);
            File.WriteAllText(file, """{"barge_in":5}""");
            Assert.Contains("BargeIn", Assert.Throws<InvalidDataException>(() => LoadScenario.Read(file)).Message, StringComparison.Ordinal);
            File.WriteAllText(file, """{"barge_in":0.5}""");
            Assert.Equal(0.5, LoadScenario.Read(file).BargeIn);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--sessions", "0")]
    [InlineData("--server", "http://x")]
    [InlineData("--speech", "/nowhere")]
    public void Arguments_Wrong_SayWhich(string option, string value)
    {
        Assert.Null(LoadArguments.Parse([option, value], out var fault));
        Assert.StartsWith(option, fault, StringComparison.Ordinal);
    }

    private static long At(double milliseconds) => (long)(milliseconds / 1_000 * Stopwatch.Frequency);
}
