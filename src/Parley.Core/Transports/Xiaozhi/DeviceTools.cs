using System.Text.Json.Nodes;
using Parley.Transports.Protocol;

namespace Parley.Transports.Xiaozhi;

/// <summary>
/// The device's own tools: asks which there are, offers them to the session as tools that its client runs, has the device run those that a model calls,
/// and has the assistant go on when they have answered and it was heard.
/// </summary>
/// <remarks>Thread-safe: the session's send loop asks, its receive loop hears the answers, timers give up on them.</remarks>
/// <param name="time">The clock.</param>
/// <param name="tell">Says something to the session.</param>
internal sealed class DeviceTools(TimeProvider time, Action<ClientInput> tell) : IDisposable
{
    private const int MaxTools = 64, MaxPages = 16, MaxName = 64, MaxResult = 8_000;

    /// <summary>So often the assistant goes on upon what tools gave until the user says something.</summary>
    private const int MaxRounds = 8;

    /// <summary>The wait for a tool's answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Name, ClientTool Tool)> _tools = [];
    private readonly Dictionary<long, OpenCall> _calls = [];
    private long _id, _list;
    private int _pages, _rounds;
    private string _cursor = "";
    private uint? _caller;
    private bool _isCallerHeard;

    /// <summary>The request with which everything begins; the list may be asked for right behind it.</summary>
    public ToolsRequest Initialize()
    {
        lock (_lock)
        {
            return Request("initialize", new JsonObject
            {
                ["protocolVersion"] = "2024-11-05",
                ["capabilities"] = new JsonObject(),
                ["clientInfo"] = new JsonObject { ["name"] = "parley", ["version"] = Diagnostics.ParleyVersion.Current },
            });
        }
    }

    /// <summary>Asks for the next page of the list.</summary>
    public ToolsRequest List()
    {
        lock (_lock)
        {
            var request = Request("tools/list", new JsonObject { ["cursor"] = _cursor });
            _list = request.Id;
            return request;
        }
    }

    /// <summary>Takes what the device's tools say.</summary>
    public IEnumerable<ClientInput> Take(ToolsAnswer answer)
    {
        lock (_lock)
        {
            return answer.Id is not { } id ? []
                : id == _list ? Listed(answer.Result)
                : _calls.Remove(id, out var call) ? Answered(call, TextOf(answer))
                : [];
        }
    }

    /// <summary>A model calls a tool.</summary>
    /// <returns>What the device is asked; null: it has no such tool, and the session is told so.</returns>
    public ToolsRequest? Call(ToolCalled called)
    {
        lock (_lock)
        {
            if (_caller != called.GenerationId) { (_caller, _isCallerHeard) = (called.GenerationId, false); }
            if (!_tools.TryGetValue(called.Name, out var tool))
            {
                tell(new ToolResult(called.CallId, "There is no such tool."));
                return null;
            }
            var request = Request("tools/call", new JsonObject { ["name"] = tool.Name, ["arguments"] = JsonNode.Parse(called.Arguments) });
            _calls.Add(request.Id, new OpenCall(called.CallId, called.GenerationId, time.CreateTimer(_ => GiveUp(request.Id), null, s_patience, Timeout.InfiniteTimeSpan)));
            return request;
        }
    }

    /// <summary>The user has said something.</summary>
    public void OnUserSpoke() { lock (_lock) { _rounds = 0; } }

    /// <summary>A reply was heard to its end.</summary>
    public void OnHeard(uint generation)
    {
        lock (_lock)
        {
            if (generation != _caller) { return; }
            _isCallerHeard = true;
            foreach (var input in GoOn()) { tell(input); }
        }
    }

    /// <summary>A reply was interrupted: who did so says what comes next.</summary>
    public void OnCancelled(uint generation) { lock (_lock) { if (generation == _caller) { _caller = null; } } }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var call in _calls.Values) { call.Limit.Dispose(); }
            _calls.Clear();
        }
    }

    private ToolsRequest Request(string method, JsonObject parameters) => new(method, parameters, ++_id);

    private IEnumerable<ClientInput> Listed(ToolsResult? result)
    {
        _list = 0;
        foreach (var tool in result?.Tools ?? []) { Add(tool); }
        if (result is { NextCursor: { Length: > 0 } next } && ++_pages < MaxPages)
        {
            _cursor = next;
            // The send loop alone writes to the line: its answer has it ask for the next page.
            return [new Ping()];
        }
        return [new SessionUpdate(new SessionConfig { Tools = [.. _tools.Values.Select(t => t.Tool)] })];
    }

    private void Add(DeviceTool? tool)
    {
        if (tool?.Name is not { Length: > 0 } name || _tools.Count == MaxTools) { return; }
        // Models take fewer characters than devices.
        var offered = new ClientTool(string.Concat(name.Take(MaxName).Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_')), tool.Description, tool.InputSchema);
        if (ClientToolRules.Check("tools", [offered]) is null) { _tools.TryAdd(offered.Name!, (name, offered)); }
    }

    private IEnumerable<ClientInput> Answered(OpenCall call, string result)
    {
        call.Limit.Dispose();
        return [new ToolResult(call.Id, result.Length > MaxResult ? result[..MaxResult] : result), .. GoOn()];
    }

    private void GiveUp(long id)
    {
        lock (_lock)
        {
            if (!_calls.Remove(id, out var call)) { return; }
            foreach (var input in Answered(call, "The device did not answer.")) { tell(input); }
        }
    }

    /// <summary>The assistant goes on when it was heard and all its tools have answered.</summary>
    private IEnumerable<ClientInput> GoOn()
    {
        if (_caller is null || !_isCallerHeard || _calls.Values.Any(c => c.Generation == _caller)) { return []; }
        _caller = null;
        return _rounds++ < MaxRounds ? [new Respond()] : [];
    }

    private static string TextOf(ToolsAnswer answer) => answer.Error is { } error ? $"Failed: {error.Message}"
        : string.Join('\n', answer.Result?.Content?.Select(c => c?.Text).OfType<string>() ?? []);

    private sealed record OpenCall(string Id, uint Generation, ITimer Limit);
}
