using System.Text.Json;
using HrListsAuth;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// Each argument is a file of settings; a line of output says what came of it.
foreach (var file in args)
{
    var configuration = new ConfigurationBuilder().AddJsonFile(file).Build();
    await using var services = new ServiceCollection()
        .AddCertificateAuth(configuration, options => options.DisableInstanceDiscovery = true)
        .BuildServiceProvider();
    var auth = services.GetRequiredService<IAuthService>();
    try
    {
        Console.WriteLine(JsonSerializer.Serialize(new { token = await auth.GetTokenAsync("https://contoso.sharepoint.com") }));
    }
    catch (Exception error)
    {
        Console.WriteLine(JsonSerializer.Serialize(new { error = error.GetType().Name, message = error.Message }));
    }
}
