namespace Parley.SherpaOnnx.Catalog;

/// <summary>What is done to a file of a model.</summary>
public enum DownloadStep
{
    Download,
    Verify,
    Unpack,
}
