using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Parley.Server.Api.Audio;

/// <summary>A <c>multipart/form-data</c> body with one file, its parts in any order and with quoted or bare names, as browsers, npm and .NET send them.</summary>
/// <remarks>It stays in memory, within the limit: nothing of what somebody said touches the disk.</remarks>
internal sealed class UploadedForm
{
    private const int MaxFields = 64, MaxFieldBytes = 64 * 1024;

    private readonly Dictionary<string, List<string>> _fields = new(StringComparer.Ordinal);

    private UploadedForm() { }

    /// <summary>The part <c>file</c>, or <c>audio</c>.</summary>
    public MemoryStream? File { get; private set; }

    /// <summary>The values of a field, also of one whose name ends in <c>[]</c>.</summary>
    public IReadOnlyList<string> All(string name) => [.. _fields.GetValueOrDefault(name, []), .. _fields.GetValueOrDefault(name + "[]", [])];

    /// <summary>The last value of a field; null where it is missing or empty.</summary>
    public string? Text(string name) => All(name) is [.., { Length: > 0 } last] ? last : null;

    /// <summary>Reads the body.</summary>
    /// <exception cref="ApiException">It is no such form, damaged, too large, or did not come in time.</exception>
    public static async Task<UploadedForm> ReadAsync(HttpContext http, int maxFileBytes, TimeSpan timeout, TimeProvider time)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 70 } boundary)
        {
            throw new ApiException(new ApiError(400, "The body must be multipart/form-data with a boundary."));
        }
        RequestBody.Limit(http, maxFileBytes + (long)MaxFields * MaxFieldBytes);
        using var deadline = new CancellationTokenSource(timeout, time);
        try
        {
            var form = new UploadedForm();
            var reader = new MultipartReader(boundary.ToString(), http.Request.Body);
            while (await reader.ReadNextSectionAsync(deadline.Token) is { } section) { await form.TakeAsync(section, maxFileBytes, deadline.Token); }
            return form;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            throw new ApiException(ApiError.LateBody(timeout));
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested))
        {
            throw new ApiException(new ApiError(400, "The multipart body is damaged or ends too early."));
        }
    }

    private async Task TakeAsync(MultipartSection section, int maxFileBytes, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            || HeaderUtilities.RemoveQuotes(disposition.Name) is not { Length: > 0 } name)
        {
            throw new InvalidDataException();
        }
        if (name.Equals("file", StringComparison.Ordinal) || name.Equals("audio", StringComparison.Ordinal))
        {
            File = await CopyAsync(section.Body, maxFileBytes, cancellationToken)
                ?? throw new ApiException(ApiError.TooLarge($"The file is larger than {maxFileBytes} bytes.", "file"));
            return;
        }
        if (_fields.Values.Sum(v => v.Count) == MaxFields) { throw new InvalidDataException(); }
        using var value = await CopyAsync(section.Body, MaxFieldBytes, cancellationToken)
            ?? throw new ApiException(ApiError.BadField(name.ToString(), $"The value is longer than {MaxFieldBytes} bytes."));
        if (!_fields.TryGetValue(name.ToString(), out var values)) { _fields[name.ToString()] = values = []; }
        values.Add(Encoding.UTF8.GetString(value.GetBuffer(), 0, (int)value.Length).Trim());
    }

    /// <returns>Null: there is more than may be taken.</returns>
    private static async Task<MemoryStream?> CopyAsync(Stream source, int maxBytes, CancellationToken cancellationToken)
    {
        var (copy, block) = (new MemoryStream(), new byte[16 * 1024]);
        while (await source.ReadAsync(block, cancellationToken) is > 0 and var count)
        {
            if (copy.Length + count > maxBytes) { return null; }
            copy.Write(block, 0, count);
        }
        copy.Position = 0;
        return copy;
    }
}
