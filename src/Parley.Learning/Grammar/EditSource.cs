namespace Parley.Learning.Grammar;

/// <summary>Who says that something is wrong.</summary>
public enum EditSource
{
    Rule,
    Model,
}
