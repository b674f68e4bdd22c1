namespace Parley.Server.Configuration;

/// <summary>The web client (<c>Parley:Web</c>).</summary>
public sealed class WebOptions
{
    /// <summary>Whether browsers that come to the server get the web client.</summary>
    /// <value>The default is true; without it they get the status page.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The folder with the built client, in which <c>index.html</c> is.</summary>
    /// <value>The default is null: <c>artifacts/web</c> in or above the program's directory.</value>
    public string? Path { get; set; }
}
