using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Server.Api.Audio;
using Parley.Server.Api.Embeddings;
using Parley.Server.Configuration;

namespace Parley.Server.Api.Models;

/// <summary>
/// The models that the API offers: <c>parley</c> and <c>auto</c> for the best that is there, each reply engine by its name, and aliases; listed beside them
/// are those of the other endpoints, which do not chat.
/// </summary>
/// <remarks>Thread-safe. Whether an engine is available may change; its name does not.</remarks>
internal sealed class ModelDirectory
{
    /// <summary>The best reply engine, opened by the small model where there is one.</summary>
    public const string Default = "parley", Auto = EngineOptions.Auto;

    // Ranking engines and chaining them costs as much as relaying an answer. Names are few, so this is bounded.
    private static readonly TimeSpan s_choiceHolds = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Choice> _chosen = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    private readonly EngineCatalog _engines;
    private readonly AudioModels? _audio;
    private readonly EmbeddingEngines? _embeddings;
    private readonly IDictionary<string, string> _aliases;
    private readonly HashSet<string> _names;
    private readonly long _created;

    /// <exception cref="ConfigurationException">An alias leads nowhere.</exception>
    public ModelDirectory(EngineCatalog engines, GatewayOptions options, TimeProvider time, AudioModels? audio = null, EmbeddingEngines? embeddings = null)
    {
        (_time, _audio, _embeddings) = (time, audio, embeddings);
        (_engines, _aliases, _created) = (engines, options.Aliases, time.GetUtcNow().ToUnixTimeSeconds());
        _names = [Default, Auto, .. engines.NamesOf(VoiceStage.Reply)];
        foreach (var (alias, name) in _aliases)
        {
            if (!_names.Contains(name)) { throw new ConfigurationException($"Parley:Gateway:Aliases:{alias}: '{name}' is not one of {string.Join(", ", _names)}."); }
        }
    }

    /// <summary>The models that can be used now, at whichever endpoint.</summary>
    public IReadOnlyList<ModelObject> List() =>
        [.. new[] { Default, Auto }.Concat(_engines.Describe(VoiceStage.Reply).Where(e => e.Available).Select(e => e.Name)).Concat(_aliases.Keys.Order(StringComparer.Ordinal))
            .Concat(Others()).Distinct().Select(Describe)];

    /// <summary>The model of a name.</summary>
    /// <exception cref="ApiException">There is none: 404.</exception>
    public ModelObject Find(string model)
    {
        if (!Others().Contains(model)) { ToEngine(model); }
        return Describe(model);
    }

    /// <summary>Who answers for a model, and who may open the answer.</summary>
    /// <returns>The client, and the small model; null: it answers alone.</returns>
    /// <exception cref="ApiException">There is no such model: 404.</exception>
    /// <exception cref="VoiceException">No engine is available.</exception>
    public ValueTask<(IChatClient Main, IChatClient? Quick)> SelectAsync(string model)
    {
        var name = ToEngine(model);
        if (_chosen.TryGetValue(name, out var chosen) && _time.GetElapsedTime(chosen.At) < s_choiceHolds) { return new((chosen.Main, chosen.Quick)); }
        // On the pool: engines are asked what they can do, and created where they were not yet.
        return new(Task.Run(() =>
        {
            var (main, quick) = _engines.SelectReply(name is Default or Auto ? null : name);
            _chosen[name] = new Choice(main, quick, _time.GetTimestamp());
            return (main, quick);
        }));
    }

    private string ToEngine(string model)
    {
        var name = _aliases.TryGetValue(model, out var target) ? target : model;
        return _names.Contains(name) ? name
            : throw new ApiException(ApiError.NoModel("The model does not exist, or it does not chat. GET /v1/models lists those that exist."));
    }

    private IEnumerable<string> Others() =>
        [.. _audio is null ? [] : _audio.Usable(VoiceStage.Asr).Concat(_audio.Usable(VoiceStage.Tts)), .. _embeddings?.Usable() ?? []];

    private sealed record Choice(IChatClient Main, IChatClient? Quick, long At);

    private ModelObject Describe(string id) => new(id, "model", _created, "parley");
}
