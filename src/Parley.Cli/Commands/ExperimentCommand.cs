using System.CommandLine;
using Parley.Cli.Experiments;
using Parley.Experiments.Planning;
using Parley.Experiments.Reports;
using Parley.Server.Configuration;
using Parley.Sqlite.Figures;

namespace Parley.Cli.Commands;

/// <summary><c>parley experiment</c>: how many learners an experiment needs, and what it has shown.</summary>
internal static class ExperimentCommand
{
    public static Command Create() => new("experiment", "What is tried out on learners: plan it, and read what it has shown.") { CreateReport(), CreatePlan() };

    private static Command CreateReport()
    {
        var name = new Argument<string>("NAME") { Description = "The experiment, as Parley:Experiments names it." };
        var store = new Option<string?>("--figures") { Description = "The database of figures; the configured one without." };
        var json = CliOptions.Json();
        var command = new Command("report", "Print what an experiment has shown so far.") { name, store, json };
        command.SetAction(parsed =>
        {
            var configuration = ParleyConfiguration.FromEnvironment();
            var (experiments, figures, asked) = (FigureServices.Experiments(configuration), FigureServices.Figures(configuration), parsed.GetValue(name)!);
            if (!experiments.TryGetValue(asked, out var options))
            {
                throw new UsageException(experiments.Count == 0 ? "No experiment is configured (Parley:Experiments)." : $"There is no experiment '{asked}'; there are {string.Join(", ", experiments.Keys)}.");
            }
            figures.Path = parsed.GetValue(store) ?? figures.Path;
            if (!File.Exists(figures.ResolvePath())) { throw new UsageException($"There are no figures in {figures.ResolvePath()}."); }
            using var opened = SqliteFigureStore.Open(figures);
            var report = ExperimentReporter.Report(asked, options, opened.Read(DateTimeOffset.MinValue, asked), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
            if (parsed.GetValue(json)) { CliJson.Print(report); } else { ExperimentTables.Print(Console.Out, report); }
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command CreatePlan()
    {
        var difference = new Option<double>("--difference") { Description = "The smallest difference that matters: in the figure's unit, or of shares in parts of 1.", Required = true };
        var deviation = new Option<double>("--deviation") { Description = "How much learners differ, as a standard deviation in the same unit; 1 without.", DefaultValueFactory = _ => 1 };
        var rate = new Option<double?>("--rate") { Description = "The control's share, 0 to 1, where shares are compared, such as who comes back." };
        var alpha = new Option<double>("--alpha") { Description = "How often a difference may be found where there is none; 0.05 without.", DefaultValueFactory = _ => 0.05 };
        var power = new Option<double>("--power") { Description = "How often it is to be found where there is one; 0.8 without.", DefaultValueFactory = _ => 0.8 };
        var looks = new Option<int>("--looks") { Description = "How often one looks before the end; 14 without.", DefaultValueFactory = _ => 14 };
        var simulations = new Option<int>("--simulations") { Description = "Experiments that are simulated for each figure; 2000 without.", DefaultValueFactory = _ => 2_000 };
        var seed = new Option<int>("--seed") { Description = "What they are drawn from; 1 without.", DefaultValueFactory = _ => 1 };
        var json = CliOptions.Json();
        var command = new Command("plan", "Simulate an experiment, to see how many learners it needs.") { difference, deviation, rate, alpha, power, looks, simulations, seed, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = new PlanRequest
            {
                Difference = parsed.GetValue(difference), StandardDeviation = parsed.GetValue(deviation), Rate = parsed.GetValue(rate), Alpha = parsed.GetValue(alpha),
                Power = parsed.GetValue(power), Looks = parsed.GetValue(looks), Simulations = parsed.GetValue(simulations), Seed = parsed.GetValue(seed),
            };
            ExperimentPlan plan;
            try { plan = PowerSimulation.Run(request, cancellationToken); }
            catch (ArgumentException e) { throw new UsageException(e.Message.Split(" (Parameter", 2)[0]); }
            if (parsed.GetValue(json)) { CliJson.Print(plan); } else { ExperimentTables.Print(Console.Out, plan, request); }
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
