using System.ComponentModel.DataAnnotations;

namespace Parley.OpenAICompatible.Http;

/// <summary>Demands an absolute address of HTTP; null passes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HttpAddressAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is null || (value is Uri { IsAbsoluteUri: true } url && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps));
}
