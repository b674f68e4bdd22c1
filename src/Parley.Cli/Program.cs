using System.CommandLine;
using Parley.Cli;
using Parley.Cli.Commands;

var root = new RootCommand("Parley: a real-time voice conversation engine, and a partner for spoken English.")
{
    ServeCommand.Create(),
    DemoCommand.Create(),
    TranscribeCommand.Create(),
    CorrectCommand.Create(),
    SayCommand.Create(),
    AssessCommand.Create(),
    TrainCommand.Create(),
    SessionsCommand.Create(),
    ExportCommand.Create(),
    ReplayCommand.Create(),
    ModelsCommand.Create(),
    PolicyCommand.Create(),
    ExperimentCommand.Create(),
    DoctorCommand.Create(),
};
return await CommandRunner.RunAsync(root, args);
