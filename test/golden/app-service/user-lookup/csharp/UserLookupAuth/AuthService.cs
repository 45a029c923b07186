// Made by certflow: change the spec, not this file.
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace UserLookupAuth;

/// <summary>Signs in with the settings TenantId, ClientId and a certificate.</summary>
public sealed class AuthService : IAuthService
{
    private readonly Lazy<TokenCredential> credential;

    /// <summary>Reads nothing yet: settings and certificate are read with the first token.</summary>
    /// <param name="configuration">Where the settings are.</param>
    /// <param name="options">How to reach Entra ID; without it as Azure.Identity does by itself.</param>
    public AuthService(IConfiguration configuration, ClientCertificateCredentialOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        credential = new Lazy<TokenCredential>(
            () => new ClientCertificateCredential(
                Required(configuration, "TenantId"),
                Required(configuration, "ClientId"),
                SigningCertificate.From(configuration),
                options ?? new ClientCertificateCredentialOptions()),
            LazyThreadSafetyMode.PublicationOnly);
    }

    /// <inheritdoc />
    public async Task<string> GetTokenAsync(string audience, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(audience);
        var request = new TokenRequestContext([$"{audience}/.default"]);
        var token = await credential.Value.GetTokenAsync(request, cancellationToken).ConfigureAwait(false);
        return token.Token;
    }

    private static string Required(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"The setting {name} is missing.");
}
