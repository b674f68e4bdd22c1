using System.ComponentModel.DataAnnotations;

namespace Parley.Diagnostics;

/// <summary>Demands an absolute address of one of the schemes; null passes.</summary>
/// <param name="schemes">Such as <c>https</c>, in small letters.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddressAttribute(params string[] schemes) : ValidationAttribute
{
    /// <summary>The schemes that are allowed.</summary>
    public IReadOnlyList<string> Schemes => schemes;

    public override bool IsValid(object? value) => value is null || (value is Uri { IsAbsoluteUri: true } url && schemes.Contains(url.Scheme));
}
