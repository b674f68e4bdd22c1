using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Parley.Server.Tests.Store;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogCount : ILoggerProvider, ILogger
{
    private readonly LoggerFactory _factory;

    public LogCount() => _factory = new LoggerFactory([this]);

    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger<T> For<T>() => _factory.CreateLogger<T>();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception) + exception);

    public void Dispose()
    {
    }
}
