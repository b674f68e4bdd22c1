using System.CommandLine;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Server.Configuration;
using Parley.Timeline;

namespace Parley.Cli;

/// <summary>Runs the command line and turns failures into one line and an exit code.</summary>
internal static class CommandRunner
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var command = root.Parse(args);
        if (command.Errors.Count > 0)
        {
            foreach (var error in command.Errors) { Console.Error.WriteLine($"parley: {error.Message}"); }
            Console.Error.WriteLine("parley: see parley --help");
            return ExitCodes.WrongUse;
        }
        try
        {
            return await command.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            return Fail("stopped.", ExitCodes.Failed);
        }
        catch (Exception e) when (e is UsageException or AudioFormatException or ConfigurationException)
        {
            return Fail(e.Message, ExitCodes.WrongUse);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return Fail(e.Message, ExitCodes.WrongUse);
        }
        catch (Exception e) when (e is VoiceException or StoreException or IOException or TimeoutException)
        {
            return Fail(e.Message, ExitCodes.Failed);
        }
    }

    private static int Fail(string message, int code)
    {
        Console.Error.WriteLine($"parley: {message}");
        return code;
    }
}
