namespace Parley.SherpaOnnx.Catalog;

/// <summary>How far a download has come.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Step">What is being done to it.</param>
/// <param name="Done">Bytes so far.</param>
/// <param name="Total">Bytes in all.</param>
public readonly record struct DownloadProgress(string File, DownloadStep Step, long Done, long Total);
