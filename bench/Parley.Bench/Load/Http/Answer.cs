namespace Parley.Bench.Load.Http;

/// <summary>What became of one request.</summary>
/// <param name="Status">Of the answer.</param>
/// <param name="FirstContent">From sending the request to the receipt of the first piece of content.</param>
/// <param name="Total">From sending the request to the end of the answer.</param>
/// <param name="Held">What of it the simulated model took on purpose, as it says itself; zero where it does not say.</param>
/// <param name="Tokens">Pieces of content.</param>
internal readonly record struct Answer(int Status, TimeSpan FirstContent, TimeSpan Total, TimeSpan Held, int Tokens);
