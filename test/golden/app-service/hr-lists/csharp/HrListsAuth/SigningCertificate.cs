// Made by certflow: change the spec, not this file.
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace HrListsAuth;

/// <summary>Finds the certificate: in Azure a setting that Key Vault fills, on a developer's machine a file.</summary>
internal static class SigningCertificate
{
    // Keys stay in memory, but for macOS, which has no such keys.
    private static readonly X509KeyStorageFlags Flags =
        OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    /// <summary>Reads the setting Certificate (a PFX in base64) or else the file that CertificateFile names.</summary>
    /// <exception cref="InvalidOperationException">There is neither, or it cannot be read.</exception>
    internal static X509Certificate2 From(IConfiguration configuration)
    {
        if (configuration["Certificate"] is { Length: > 0 } value)
            return WithKey(FromSetting(value), "The setting Certificate");
        if (configuration["CertificateFile"] is { Length: > 0 } path)
            return WithKey(FromFile(path, configuration["CertificatePassword"]), $"The file {path}");
        throw new InvalidOperationException(
            "There is no certificate: in Azure the setting Certificate refers to Key Vault, " +
            "on a developer's machine CertificateFile names a PFX file.");
    }

    private static X509Certificate2 FromSetting(string value)
    {
        // App Service hands the reference itself to the app where it could not resolve it.
        if (value.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase))
        {
            // Of a certificate the secret of its name is what holds the key.
            if (value.Contains("/certificates/", StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidOperationException(
                    "The setting Certificate refers to the address of a certificate, and App Service resolves only that of a secret. " +
                    $"Write {value.Replace("/certificates/", "/secrets/", StringComparison.OrdinalIgnoreCase)}");
            }
            throw new InvalidOperationException(
                "The setting Certificate is a Key Vault reference that App Service could not resolve. The portal says why under " +
                "Environment variables; often the app's managed identity lacks the role Key Vault Secrets User on the vault, " +
                "or got it only minutes ago.");
        }
        try
        {
            return Load(Convert.FromBase64String(value), null);
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            throw new InvalidOperationException(
                "The setting Certificate holds no PFX in base64. A certificate in Key Vault must have the content type application/x-pkcs12.",
                error);
        }
    }

    private static X509Certificate2 FromFile(string path, string? password)
    {
        try
        {
            return Load(File.ReadAllBytes(path), password);
        }
        catch (CryptographicException error)
        {
            throw new InvalidOperationException(
                $"The file {path} is no PFX, or CertificatePassword is not its password.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The file {path}, which CertificateFile names, cannot be read.", error);
        }
    }

    private static X509Certificate2 Load(byte[] pfx, string? password) =>
#if NET9_0_OR_GREATER
        X509CertificateLoader.LoadPkcs12(pfx, password, Flags);
#else
        new(pfx, password, Flags);
#endif

    private static X509Certificate2 WithKey(X509Certificate2 certificate, string where) =>
        certificate.HasPrivateKey
            ? certificate
            : throw new InvalidOperationException($"{where} holds a certificate without its private key, which cannot sign.");
}
