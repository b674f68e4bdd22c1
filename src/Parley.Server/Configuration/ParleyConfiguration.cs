using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Parley.Server.Configuration;

/// <summary>Reads the sections below <c>Parley</c>, strictly: a wrong value, one out of range, or a key that does not exist is named at start.</summary>
public sealed partial class ParleyConfiguration(IConfiguration configuration)
{
    private readonly IConfigurationSection _root = configuration.GetSection("Parley");
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The files in the current directory that settings are read from, where there are such; the later one wins.</summary>
    private static readonly string[] s_files = ["appsettings.json", "parley.json"];

    /// <summary>The configuration of commands that run no server: the files, <c>.env</c>, then the environment (<c>Parley__Section__Key</c>).</summary>
    /// <exception cref="ConfigurationException">A file cannot be read; the message names it.</exception>
    public static ParleyConfiguration FromEnvironment()
    {
        DotEnvFile.Apply();
        return new(new ConfigurationBuilder().AddConfiguration(Files()).AddEnvironmentVariables().Build());
    }

    /// <summary>What the files in the current directory say.</summary>
    /// <exception cref="ConfigurationException">One is not valid JSON; the message names it.</exception>
    public static IConfiguration Files()
    {
        var all = new ConfigurationBuilder();
        foreach (var file in s_files) { all.AddConfiguration(ReadFile(file)); }
        return all.Build();
    }

    private static IConfigurationRoot ReadFile(string name)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(name), optional: true).Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new ConfigurationException($"{name}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    /// <summary>Reads <c>Parley:<paramref name="section"/></c> over the defaults.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public T Read<T>(string section)
        where T : class, new()
    {
        _known.Add(section);
        return Bind<T>(_root.GetSection(section), $"Parley:{section}");
    }

    /// <summary>Reads the named entries <c>Parley:<paramref name="section"/>:NAME</c>, each over the defaults, by name.</summary>
    /// <exception cref="ConfigurationException">A name or a value is wrong; the message names its key.</exception>
    public IReadOnlyDictionary<string, T> ReadNamed<T>(string section)
        where T : class, new()
    {
        _known.Add(section);
        var entries = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in _root.GetSection(section).GetChildren())
        {
            if (!Name().IsMatch(entry.Key))
            {
                throw new ConfigurationException($"{entry.Path}: a name has small letters, digits, dots and hyphens, at most 64.");
            }
            entries[entry.Key] = Bind<T>(entry, entry.Path);
        }
        return entries;
    }

    /// <summary>Whether <c>Parley:<paramref name="key"/></c> has a value of its own, so that a default may depend on something else.</summary>
    public bool IsSet(string key) => _root[key] is not null;

    private static T Bind<T>(IConfigurationSection source, string path)
        where T : class, new()
    {
        var options = new T();
        try
        {
            source.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationException($"{path}: {e.InnerException?.Message ?? e.Message}", e);
        }
        var faults = Faults(options, source, path).ToList();
        return faults.Count == 0 ? options : throw new ConfigurationException(string.Join(Environment.NewLine, faults));
    }

    /// <summary>What is wrong with the options and with the options inside them.</summary>
    private static IEnumerable<string> Faults(object options, IConfigurationSection source, string path)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        foreach (var fault in faults)
        {
            var key = fault.MemberNames.FirstOrDefault() ?? "";
            yield return $"{path}:{string.Join(',', fault.MemberNames)}: {fault.ErrorMessage} (It is '{source[key]}'.)";
        }
        foreach (var inner in options.GetType().GetProperties().Where(p => p.PropertyType.Namespace?.StartsWith("Parley", StringComparison.Ordinal) == true && p.PropertyType.IsClass))
        {
            if (inner.GetValue(options) is not { } value) { continue; }
            foreach (var fault in Faults(value, source.GetSection(inner.Name), $"{path}:{inner.Name}")) { yield return fault; }
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,63}$")]
    private static partial Regex Name();

    /// <summary>Refuses sections that nobody read: most likely a slip of the pen.</summary>
    /// <exception cref="ConfigurationException">There is one.</exception>
    public void RejectUnknown()
    {
        foreach (var child in _root.GetChildren())
        {
            if (!_known.Contains(child.Key))
            {
                throw new ConfigurationException($"There is no setting {child.Path}; there are {string.Join(", ", _known.Order().Select(k => "Parley:" + k))}.");
            }
        }
    }
}
