using Parley.Diagnostics;
using Parley.Resilience;

namespace Parley.Policy;

/// <summary>The engines of one stage: probed, created once on first use, in order of preference.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EngineShelf<TPort> : IDisposable
    where TPort : class
{
    private readonly VoiceStage _stage;
    private readonly string _configured;
    private readonly Item[] _items;

    public EngineShelf(VoiceStage stage, string configured, IEnumerable<EngineRegistration<TPort>> registrations)
    {
        (_stage, _configured) = (stage, configured);
        _items = [.. registrations.OrderByDescending(r => r.Priority).Select(r => new Item(stage, r))];
        if (configured != EngineOptions.Auto && !_items.Any(i => i.Name == configured))
        {
            throw new VoiceException(stage, $"Parley:Engines:{stage} is '{configured}', but there is {Names}.");
        }
    }

    private string Names => _items.Length == 0 ? "no engine for this stage" : string.Join(", ", _items.Select(i => i.Name));

    public IEnumerable<EngineStatus> Probe() => _items.Select(i => i.Status);

    /// <summary>What is known of each engine, in order of preference; nothing is created for it.</summary>
    public IEnumerable<EngineDescription> Describe() => _items.Select(i => i.Description);

    /// <summary>The engine asked for, then its fallbacks.</summary>
    /// <param name="asked">A session's wish; null or <c>auto</c>: the server's configuration decides.</param>
    /// <returns>Engines that could be created, the chosen one first, and why it was chosen. May be empty.</returns>
    /// <exception cref="VoiceException">There is no engine of the name that was asked for.</exception>
    public (IReadOnlyList<EngineHandle<TPort>> Engines, string Name, string Why) Choose(string? asked)
    {
        var wish = asked is null or EngineOptions.Auto ? _configured : asked;
        if (asked is not null and not EngineOptions.Auto && !_items.Any(i => i.Name == asked))
        {
            throw new VoiceException(_stage, $"config.engines.{_stage.ToString().ToLowerInvariant()}: '{asked}' is not one of {Names}.");
        }
        var order = wish == EngineOptions.Auto ? _items : [.. _items.Where(i => i.Name == wish), .. _items.Where(i => i.Name != wish)];
        var usable = order.Where(i => i.Handle is not null).ToArray();
        if (usable.Length == 0) { return ([], "none", $"no engine is available: {string.Join("; ", _items.Select(i => i.Problem))}"); }
        var first = usable[0];
        var passedOver = order.TakeWhile(i => i != first).ToArray();
        var why = passedOver.Length > 0 ? $"fallback: {string.Join("; ", passedOver.Select(i => i.Problem))}"
            : wish == EngineOptions.Auto ? "best available" : asked is null or EngineOptions.Auto ? "configured" : "asked for";
        return ([.. usable.Select(i => i.Handle!)], first.Name, why);
    }

    public void Dispose() { foreach (var item in _items) { item.Dispose(); } }

    private sealed class Item(VoiceStage stage, EngineRegistration<TPort> registration) : IDisposable
    {
        private readonly Lock _lock = new();
        private EngineHandle<TPort>? _handle;
        private EngineStatus? _failed;

        public string Name => registration.Name;

        public EngineStatus Status => _failed ?? registration.Probe();

        public EngineDescription Description => new(stage, Name, Status.Available, registration.Attributes, _handle?.Telemetry.Read());

        public string Problem => Status is var s && s.Remedy is { } remedy ? $"{s.Name}: {s.Detail} ({remedy})" : $"{s.Name}: {s.Detail}";

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
    }
}
