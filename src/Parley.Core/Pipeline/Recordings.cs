using Parley.Asr;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Transports.Protocol;

namespace Parley.Pipeline;

/// <summary>
/// What the user said elsewhere and a client puts into the conversation: understood beside whatever goes on, remembered in its order, and answered only
/// when the client asks for it.
/// </summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class Recordings(PipelineContext context, Floor floor, Answering answering)
{
    /// <summary>So many are understood at a time; each holds its audio.</summary>
    private const int MaxAtOnce = 16;

    private readonly List<Recording> _ended = [];
    private Turn? _turn;
    private Recording? _open;
    private TimeSpan _heard;

    /// <summary>Whether the audio that comes belongs to one.</summary>
    public bool IsOpen => _turn is not null;

    /// <summary>Whether one is being understood.</summary>
    public bool Any => _ended.Count > 0;

    public void Begin()
    {
        End();
        (_turn, _heard) = (floor.NewTurn(), TimeSpan.Zero);
        if (_ended.Count == MaxAtOnce) { return; }
        var request = new RecognitionRequest(context.Config.Language!, null) { CloudAudio = context.Config.Consent?.CloudAudio == true };
        _open = new Recording(new Utterance(_turn, request, context));
    }

    /// <summary>Takes 16 kHz audio; what makes it longer than the longest utterance is dropped.</summary>
    public void Hear(ReadOnlyMemory<short> samples)
    {
        if (_heard >= context.Options.MaxUtterance) { return; }
        _open?.Utterance.Write(new AudioFrame(samples.ToArray(), AudioMath.SpeechRate, _heard));
        _heard += AudioMath.DurationOf(samples.Length, AudioMath.SpeechRate);
    }

    /// <summary>It is whole.</summary>
    public void End()
    {
        if (_turn is not { } turn) { return; }
        _turn = null;
        floor.Send(new TurnEnded(turn.Id, 0, (long)_heard.TotalMilliseconds, Beside: true));
        if (_open is not { } recording)
        {
            context.Fail(VoiceStage.Asr, new VoiceException(VoiceStage.Asr, $"{MaxAtOnce} recordings are being understood already.", isTransient: true), turn.Id);
            return;
        }
        _open = null;
        _ended.Add(recording);
        recording.Utterance.Finish();
    }

    /// <summary>Nothing comes of the one that is open.</summary>
    public void Drop()
    {
        _turn = null;
        if (_open is { } open) { context.Background.Add(open.Utterance.DisposeAsync()); }
        _open = null;
    }

    /// <summary>The final transcript came, or why it did not.</summary>
    /// <returns>False: it is that of no recording.</returns>
    public bool OnEnded(UtteranceEnded ended)
    {
        if (_ended.Find(r => r.Utterance == ended.Utterance) is not { } recording) { return false; }
        var turn = ended.Utterance.Turn;
        (recording.IsUnderstood, recording.Final) = (true, ended.Final);
        turn.Hear(ended.Utterance, ended.Final);
        floor.Retire(ended.Utterance);
        if (ended.Failure is { } e) { context.Fail(VoiceStage.Asr, e, turn.Id); }
        else { floor.Send(ended.Final is { Text.Length: > 0 } final ? AsrFinal.From(turn.Id, final) : AsrFinal.Nothing(turn.Id)); }
        Remember();
        return true;
    }

    /// <summary>The session is over.</summary>
    public void Stop()
    {
        Drop();
        foreach (var recording in _ended.Where(r => !r.IsUnderstood)) { context.Background.Add(recording.Utterance.DisposeAsync()); }
        _ended.Clear();
    }

    /// <summary>A short one may be understood before a long one that it follows.</summary>
    private void Remember()
    {
        while (_ended is [{ IsUnderstood: true } first, ..])
        {
            _ended.RemoveAt(0);
            if (first.Final is { Text.Length: > 0 } final) { answering.Remember(new UnderstoodTurn(first.Utterance.Turn, final.Text, final.Confidence, IsHeld: true)); }
        }
    }

    private sealed class Recording(Utterance utterance)
    {
        public Utterance Utterance { get; } = utterance;

        public bool IsUnderstood { get; set; }

        public FinalTranscript? Final { get; set; }
    }
}
