using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Configuration;

/// <summary>The certificate that https is served with (<c>Parley:Tls</c>). Where none is named the server makes one for development.</summary>
public sealed class TlsOptions : IValidatableObject
{
    /// <summary>A PFX file, or a PEM file with the certificate and, behind it, those of its issuers.</summary>
    /// <value>The default is none.</value>
    public string? Certificate { get; set; }

    /// <summary>The PEM file with the private key, where <see cref="Certificate"/> is PEM and does not hold it.</summary>
    /// <value>The default is none.</value>
    public string? Key { get; set; }

    /// <summary>What the PFX file or the PEM key is locked with.</summary>
    /// <value>The default is none.</value>
    public string? Password { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(Certificate) && (Key is not null || Password is not null))
        {
            yield return new ValidationResult("Certificate must be set where Key or Password is.", [nameof(Certificate)]);
        }
    }
}
