using Parley.SherpaOnnx.Trials;

// The process in which a model is tried: it may end in any way, and so tells its success by a word.
return TrialRun.Run(Console.In.ReadToEnd(), Console.Out, Console.Error);
