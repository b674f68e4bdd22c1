using System.ComponentModel.DataAnnotations;

namespace Parley.WebSockets.Sockets;

/// <summary>Demands an absolute address of WebSocket; null passes.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SocketAddressAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) =>
        value is null || (value is Uri { IsAbsoluteUri: true } url && (url.Scheme == Uri.UriSchemeWss || url.Scheme == Uri.UriSchemeWs));
}
