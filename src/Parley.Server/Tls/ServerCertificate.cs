using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Tls;

/// <summary>The certificate that https is served with.</summary>
/// <param name="Leaf">The certificate, with its private key.</param>
/// <param name="Issuers">The certificates between it and one that clients know; they are sent along.</param>
/// <param name="Path">The file that it was read from.</param>
/// <param name="IsForDevelopment">Whether this server made it, so that clients must be told to trust it.</param>
internal sealed record ServerCertificate(X509Certificate2 Leaf, X509Certificate2Collection Issuers, string Path, bool IsForDevelopment = false);
