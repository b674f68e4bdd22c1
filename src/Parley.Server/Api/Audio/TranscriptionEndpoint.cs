using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Asr;
using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Server.Configuration;

namespace Parley.Server.Api.Audio;

/// <summary><c>POST /v1/audio/transcriptions</c>: writes down what a recording says.</summary>
internal sealed partial class TranscriptionEndpoint(
    EngineCatalog engines, AudioModels models, AudioCodecs codecs, AudioApiOptions options, RunningCalls calls, TimeProvider time, ILogger<TranscriptionEndpoint> logger)
{
    public Task<IResult> HandleAsync(HttpContext http) => calls.RunAsync(async () =>
    {
        try
        {
            var form = await UploadedForm.ReadAsync(http, options.MaxUploadBytes, options.UploadTimeout, time);
            return await TranscribeAsync(http, TranscriptionCall.From(form));
        }
        catch (AudioFormatException e)
        {
            return ApiError.BadField("file", e.Message, "invalid_value");
        }
    });

    private async Task<IResult> TranscribeAsync(HttpContext http, TranscriptionCall call)
    {
        var recognizer = engines.SelectRecognizer(models.EngineOf(VoiceStage.Asr, call.Model));
        if (!recognizer.Supports(call.Language)) { return ApiError.BadField("language", $"{recognizer.Name} does not understand '{call.Language}'."); }
        using var decoder = codecs.OpenDecoder(call.File);
        var recording = new Recording(decoder, options.MaxAudio);
        var utterances = RecordingTranscriber.TranscribeAsync(
            recognizer, engines.SelectDetector(), new RecognitionRequest(call.Language, call.Hints), recording.Read(), http.RequestAborted);
        if (call.AsEvents) { return await StreamAsync(http, utterances); }
        var transcript = new List<TranscribedUtterance>();
        await foreach (var utterance in utterances.WithCancellation(http.RequestAborted)) { transcript.Add(utterance); }
        return TranscriptWriter.Write(call, transcript, recording.Duration);
    }

    private async Task<IResult> StreamAsync(HttpContext http, IAsyncEnumerable<TranscribedUtterance> utterances)
    {
        var (events, text) = (new EventStream(http.Response), new StringBuilder());
        try
        {
            await foreach (var utterance in utterances.WithCancellation(http.RequestAborted))
            {
                if (utterance.Transcript.Text.Length == 0) { continue; }
                var delta = text.Length == 0 ? utterance.Transcript.Text : " " + utterance.Transcript.Text;
                text.Append(delta);
                await events.SendAsync(new TextDelta(delta), TranscriptionJson.Default.TextDelta, http.RequestAborted);
            }
            await events.SendAsync(new TextDone(text.ToString()), TranscriptionJson.Default.TextDone, http.RequestAborted);
        }
        catch (Exception e) when (http.Response.HasStarted && e is VoiceException or AudioFormatException)
        {
            LogBrokenOff(logger, e);
            var error = e is VoiceException v ? ApiError.From(v) : ApiError.BadField("file", e.Message);
            await events.SendAsync(error.ToJson(), http.RequestAborted);
        }
        return Results.Empty;
    }

    [LoggerMessage(LogLevel.Warning, "A transcription broke off after it had begun.")]
    private static partial void LogBrokenOff(ILogger logger, Exception failure);

    /// <summary>The recording on its way to the recogniser, measured.</summary>
    private sealed class Recording(IAudioDecoder decoder, TimeSpan longest)
    {
        private long _samples;

        public TimeSpan Duration => AudioMath.DurationOf(_samples, AudioMath.SpeechRate);

        public IEnumerable<ReadOnlyMemory<short>> Read()
        {
            foreach (var piece in SpeechAudio.Read(decoder, longest))
            {
                _samples += piece.Length;
                yield return piece;
            }
        }
    }
}
