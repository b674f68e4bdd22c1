using Parley.Testing.Contracts;
using Parley.Testing.Simulated;
using Parley.Turns;

namespace Parley.Core.Tests.Turns;

public sealed class SilenceTurnDetectorTests : TurnDetectorContract
{
    protected override ITurnDetector Detector { get; } = new SilenceTurnDetector();
}
