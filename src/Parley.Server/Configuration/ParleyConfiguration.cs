using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Parley.Server.Configuration;

/// <summary>Reads the sections below <c>Parley</c>, strictly: a wrong value, one out of range, or a key that does not exist is named at start.</summary>
public sealed class ParleyConfiguration(IConfiguration configuration)
{
    private readonly IConfigurationSection _root = configuration.GetSection("Parley");
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The file in the current directory that settings are read from, where there is one.</summary>
    public const string FileName = "parley.json";

    /// <summary>The configuration of commands that run no server: <see cref="FileName"/>, then the environment (<c>Parley__Section__Key</c>).</summary>
    public static ParleyConfiguration FromEnvironment() =>
        new(Load(() => new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(FileName), optional: true).AddEnvironmentVariables().Build()));

    /// <summary>Reads a configuration, so that a file that is no JSON becomes a sentence.</summary>
    /// <exception cref="ConfigurationException">A file is not valid JSON.</exception>
    public static T Load<T>(Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new ConfigurationException($"{FileName}: {e.InnerException?.Message ?? e.Message}", e);
        }
    }

    /// <summary>Reads <c>Parley:<paramref name="section"/></c> over the defaults.</summary>
    /// <exception cref="ConfigurationException">A value is wrong; the message names its key.</exception>
    public T Read<T>(string section)
        where T : class, new()
    {
        _known.Add(section);
        var source = _root.GetSection(section);
        var options = new T();
        try
        {
            source.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationException($"Parley:{section}: {e.InnerException?.Message ?? e.Message}", e);
        }

        var faults = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)) { return options; }
        throw new ConfigurationException(string.Join(
            Environment.NewLine, faults.Select(f => $"Parley:{section}:{string.Join(',', f.MemberNames)}: {f.ErrorMessage} (It is '{source[f.MemberNames.First()]}'.)")));
    }

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
