// Made by certflow: change the spec, not this file.
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HrListsAuth;

/// <summary>Registers the sign-in for dependency injection.</summary>
public static class AuthServiceCollectionExtensions
{
    /// <summary>Makes <see cref="IAuthService" /> available, one for the whole app so that its tokens are shared.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configuration">Where the settings are.</param>
    /// <param name="configure">Changes how Entra ID is reached: a proxy, retries, another host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCertificateAuth(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<ClientCertificateCredentialOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddSingleton<IAuthService>(_ =>
        {
            var options = new ClientCertificateCredentialOptions();
            // The name that the Azure SDKs know; a setting of clouds other than the public one.
            if (configuration["AZURE_AUTHORITY_HOST"] is { Length: > 0 } host)
                options.AuthorityHost = new Uri(host);
            configure?.Invoke(options);
            return new AuthService(configuration, options);
        });
    }
}
