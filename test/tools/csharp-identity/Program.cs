using System.Text.Json;
using HrListsAuth;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// Each argument is a file of settings; a line of output says what came of it.
foreach (var file in args)
{
    var configuration = new ConfigurationBuilder().AddJsonFile(file).Build();
    await using var services = new ServiceCollection().AddManagedIdentityAuth(configuration).BuildServiceProvider();
    var auth = services.GetRequiredService<IManagedIdentityAuth>();
    try
    {
        Console.WriteLine(JsonSerializer.Serialize(new { token = await auth.GetTokenAsync("https://graph.microsoft.com") }));
    }
    catch (Exception error)
    {
        Console.WriteLine(JsonSerializer.Serialize(new { error = error.GetType().Name, message = error.Message }));
    }
}
