namespace Parley.Cli;

internal static class ExitCodes
{
    public const int Done = 0, Failed = 1, WrongUse = 2;
}
