using Parley.Diagnostics;
using Parley.Policy.Ranking;
using Parley.Resilience;

namespace Parley.Policy;

/// <summary>The engines of one stage: probed, created once on first use, in the order that the policy gives them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EngineShelf<TPort> : IEngineShelf, IDisposable
    where TPort : class
{
    private readonly VoiceStage _stage;
    private readonly string? _configured;
    private readonly EngineChooser _chooser;
    private readonly EngineGuards? _guards;
    private readonly Item[] _items;

    public EngineShelf(VoiceStage stage, string configured, IEnumerable<EngineRegistration<TPort>> registrations, EngineChooser chooser, EngineGuards? guards)
    {
        (_stage, _configured, _chooser, _guards) = (stage, configured == EngineOptions.Auto ? null : configured, chooser, guards);
        _items = [.. registrations.OrderByDescending(r => r.Priority).Select(r => new Item(stage, r))];
        if (_items.GroupBy(i => i.Name).FirstOrDefault(g => g.Count() > 1) is { } twins)
        {
            throw new VoiceException(stage, $"Two engines of stage {stage} are named '{twins.Key}': rename the one in the configuration.");
        }
        if (_configured is not null && !_items.Any(i => i.Name == _configured))
        {
            throw new VoiceException(stage, $"Parley:Engines:{stage} is '{configured}', but there is {Names}.");
        }
    }

    public IEnumerable<string> EngineNames => _items.Select(i => i.Name);

    private string Names => _items.Length == 0 ? "no engine for this stage" : string.Join(", ", EngineNames);

    public IEnumerable<EngineStatus> Probe() => _items.Select(i => i.Status);

    public IEnumerable<EngineDescription> Describe() => _items.Select(i => i.Description);

    public IReadOnlyList<PolicyCandidate> Candidates() =>
        [.. _items.Select(i => i.Candidate with { IsBroken = _guards?.Find(_stage, i.Name)?.State == BreakerState.Open })];

    /// <summary>The engines in the order in which they would serve.</summary>
    /// <param name="wish">A session's wishes; null: it has none. A name of <c>auto</c> leaves the choice to the policy.</param>
    /// <param name="remember">Whether the choice is made, and not only looked at.</param>
    /// <returns>Engines that could be created, the chosen one first, and how that was decided. There may be none.</returns>
    /// <exception cref="VoiceException">There is no engine of the name that was asked for.</exception>
    public (IReadOnlyList<EngineHandle<TPort>> Engines, PolicyDecision Decision) Choose(PolicyRequest? wish = null, bool remember = true)
    {
        var request = (wish ?? new PolicyRequest(_stage)) with { Configured = _configured, Asked = wish?.Asked is EngineOptions.Auto ? null : wish?.Asked };
        if (request.Asked is { } asked && !_items.Any(i => i.Name == asked))
        {
            throw new VoiceException(_stage, $"config.engines.{_stage.ToString().ToLowerInvariant()}: '{asked}' is not one of {Names}.") { Class = FailureClass.UserInput };
        }
        // Created before they are compared: what cannot be created cannot be chosen.
        var usable = _items.Where(i => i.Handle is not null).ToDictionary(i => i.Name, i => i.Handle!);
        var decision = remember ? _chooser.Choose(request, Candidates()) : _chooser.Peek(request, Candidates());
        return ([.. decision.Chain().Where(usable.ContainsKey).Select(name => usable[name])], decision);
    }

    public void Dispose() { foreach (var item in _items) { item.Dispose(); } }

    private sealed class Item(VoiceStage stage, EngineRegistration<TPort> registration) : IDisposable
    {
        private readonly Lock _lock = new();
        private EngineHandle<TPort>? _handle;
        private EngineStatus? _failed;

        public string Name => registration.Name;

        public EngineStatus Status => _failed ?? registration.Probe();

        public EngineDescription Description => Describe(Status);

        public PolicyCandidate Candidate
        {
            get
            {
                // A library that loaded once stays loaded, whatever became of its file.
                var status = _handle is null ? Status : null;
                var problem = status is not { Available: false } s ? null : s.Remedy is { } remedy ? $"{s.Name}: {s.Detail} ({remedy})" : $"{s.Name}: {s.Detail}";
                return new PolicyCandidate(Describe(status), registration.Priority) { Problem = problem };
            }
        }

        /// <summary>The engine, created; null where it is not available. What failed once is not tried again: a restart does that.</summary>
        public EngineHandle<TPort>? Handle
        {
            get
            {
                lock (_lock)
                {
                    if (_handle is not null || _failed is not null) { return _handle; }
                    if (!registration.Probe().Available) { return null; }
                    try
                    {
                        return _handle = new EngineHandle<TPort>(registration.Name, registration.Create(), registration.Attributes, new EngineTelemetry());
                    }
                    catch (VoiceException e)
                    {
                        _failed = registration.Probe() with { Available = false, Detail = e.Message };
                        return null;
                    }
                }
            }
        }

        public void Dispose()
        {
            switch (_handle?.Engine)
            {
                case IDisposable d: d.Dispose(); break;
                case IAsyncDisposable d: d.DisposeAsync().AsTask().GetAwaiter().GetResult(); break;
            }
        }

        private EngineDescription Describe(EngineStatus? status) =>
            new(stage, Name, status?.Available ?? true, registration.Attributes, _handle?.Telemetry.Read()) { Status = status };
    }
}
