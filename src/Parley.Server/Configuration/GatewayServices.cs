using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.Replies.QuickReplies;
using Parley.Server.Api;
using Parley.Server.Api.Chat;
using Parley.Server.Api.Models;
using Parley.Server.Api.Operations;
using Parley.Server.Api.Realtime;
using Parley.Turns;

namespace Parley.Server.Configuration;

/// <summary>The part of the composition that serves OpenAI's clients.</summary>
internal static class GatewayServices
{
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static IServiceCollection AddGateway(this IServiceCollection services, ParleyConfiguration configuration) =>
        services.AddGateway(configuration.Read<GatewayOptions>("Gateway"), configuration.Read<QuickReplyOptions>("QuickReply"));

    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options, QuickReplyOptions opener)
    {
        services.AddSingleton(options);
        services.AddSingleton(opener);
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton(ApiKeys.From(options));
        services.AddSingleton<ClientSecrets>();
        services.AddSingleton<ModelDirectory>();
        services.AddSingleton<ChatCompletions>();
        services.AddSingleton<CounterTotals>();
        services.AddSingleton<TurnLog>();
        services.AddSingleton<ITurnObserver>(p => p.GetRequiredService<TurnLog>());
        return services;
    }
}
