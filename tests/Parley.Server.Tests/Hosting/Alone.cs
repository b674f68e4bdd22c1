namespace Parley.Server.Tests.Hosting;

/// <summary>Tests that measure the process: they run after all others, one by one.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
