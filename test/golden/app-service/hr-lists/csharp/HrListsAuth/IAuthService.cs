// Made by certflow: change the spec, not this file.
namespace HrListsAuth;

/// <summary>Signs in to Entra ID with the certificate of the app registration.</summary>
public interface IAuthService
{
    /// <summary>Gets an access token for an API. Tokens are kept until shortly before they expire.</summary>
    /// <param name="audience">
    /// The API's identifier: https://contoso.sharepoint.com, https://graph.microsoft.com or api://…, without /.default.
    /// </param>
    /// <param name="cancellationToken">Stops waiting for Entra ID.</param>
    /// <returns>The token, for a header <c>Authorization: Bearer</c>.</returns>
    /// <exception cref="InvalidOperationException">A setting is missing, or the certificate cannot be read.</exception>
    /// <exception cref="Azure.Identity.AuthenticationFailedException">Entra ID refused; the message holds its AADSTS code.</exception>
    Task<string> GetTokenAsync(string audience, CancellationToken cancellationToken = default);
}
