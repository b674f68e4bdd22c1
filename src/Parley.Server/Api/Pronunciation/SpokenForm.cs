using Microsoft.AspNetCore.Http;
using Parley.Audio;
using Parley.Audio.Codecs;
using Parley.Learning.Pronunciation;
using Parley.Server.Api.Audio;
using Parley.Server.Configuration;
using Parley.Server.Learning;

namespace Parley.Server.Api.Pronunciation;

/// <summary>Answers forms with a recording in which somebody says a known text.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SpokenForm(PronunciationJudge judge, AudioCodecs codecs, AudioApiOptions options, RunningCalls calls, TimeProvider time)
{
    // What a longer recording would be refused for by the aligner is not decoded either.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    /// <summary>Reads the form and answers it; what is wrong with the recording is the caller's fault.</summary>
    public Task<IResult> AnswerAsync(HttpContext http, Func<Recording, Task<IResult>> answer) => calls.RunAsync(async () =>
    {
        try
        {
            var form = await UploadedForm.ReadAsync(http, options.MaxUploadBytes, options.UploadTimeout, time);
            return await answer(new Recording(this, form, http.RequestAborted));
        }
        catch (AudioFormatException e)
        {
            return ApiError.BadField("audio", e.Message);
        }
    });

    private Task<Assessment> AssessAsync(string text, Stream file, CancellationToken cancellationToken)
    {
        if (judge.Assessor is not { } assessor) { throw new ApiException(new ApiError(503, judge.Status.Detail, ApiError.ServerError, Code: "engine_missing")); }
        using var decoder = codecs.OpenDecoder(file);
        short[] samples = [.. SpeechAudio.Read(decoder, s_longest).SelectMany(piece => piece.ToArray())];
        return assessor.AssessAsync(text, samples, cancellationToken);
    }

    /// <summary>One form.</summary>
    internal sealed class Recording(SpokenForm owner, UploadedForm form, CancellationToken aborted)
    {
        public UploadedForm Form => form;

        /// <summary>How the recording reads a text.</summary>
        /// <exception cref="ApiException">There is no recording, or nothing that judges it.</exception>
        /// <exception cref="Diagnostics.VoiceException">It cannot be judged; the message says why.</exception>
        public Task<Assessment> AssessAsync(string text) => owner.AssessAsync(text, form.File ?? throw new ApiException(ApiError.MissingField("audio")), aborted);
    }
}
