using System.ComponentModel.DataAnnotations;
using Parley.Policy;

namespace Parley.SherpaOnnx;

/// <summary>A model folder and how it is run (<c>Parley:Sherpa:NAME</c>).</summary>
public sealed class SherpaOptions
{
    /// <summary>The folder with the model's files; by them its kind is recognised.</summary>
    [Required(ErrorMessage = "Folder must name the folder of a model.")]
    public string Folder { get; set; } = "";

    /// <summary>What the folder holds, where its files would allow more than one reading.</summary>
    /// <value>The default is null: recognised by the files.</value>
    public SherpaModelKind? Kind { get; set; }

    /// <summary>Path of the library sherpa-onnx 1.13.8; all models of a process share one.</summary>
    /// <value>The default is null: what <c>native/</c> brought, else the directory in <c>PARLEY_NATIVE</c>, else the system's.</value>
    public string? Library { get; set; }

    /// <summary>Whether the smaller, quicker int8 files are taken where a folder has both.</summary>
    /// <value>The default is true.</value>
    public bool PreferInt8 { get; set; } = true;

    /// <summary>Threads of one computation.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 64, ErrorMessage = "Threads must be 1 to 64.")]
    public int Threads { get; set; } = 1;

    /// <summary>Computations at a time. A recogniser of whole utterances is loaded as often.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 32, ErrorMessage = "Workers must be 1 to 32.")]
    public int Workers { get; set; } = 1;

    /// <summary>Utterances that may be open at a time; one more waits for <see cref="LeaseTimeout"/>.</summary>
    /// <value>The default is 100.</value>
    [Range(1, 10_000, ErrorMessage = "MaxStreams must be 1 to 10000.")]
    public int MaxStreams { get; set; } = 100;

    /// <summary>Utterances of different sessions that a streaming recogniser decodes together.</summary>
    /// <value>The default is 8.</value>
    [Range(1, 64, ErrorMessage = "MaxBatch must be 1 to 64.")]
    public int MaxBatch { get; set; } = 8;

    /// <summary>Whether a transducer searches with a beam: slower, and the only way to favour hinted phrases.</summary>
    /// <value>The default is false.</value>
    public bool BeamSearch { get; set; }

    /// <summary>How much a hinted phrase is favoured, for each of its tokens.</summary>
    /// <value>The default is 1.5.</value>
    [Range(0d, 10d, ErrorMessage = "HotwordsScore must be 0 to 10.")]
    public double HotwordsScore { get; set; } = 1.5;

    /// <summary>Whether a recogniser of whole utterances decodes again and again while one speaks, where a worker is free, to show partials.</summary>
    /// <value>The default is false.</value>
    public bool LivePartials { get; set; }

    /// <summary>How long an utterance or a text may wait for a free worker.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "LeaseTimeout must be 0.1 seconds to 1 minute.")]
    public TimeSpan LeaseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a final transcript may take once it was asked for.</summary>
    /// <value>The default is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00", ErrorMessage = "DecodeTimeout must be 1 second to 2 minutes.")]
    public TimeSpan DecodeTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest utterance; audio beyond it is not decoded.</summary>
    /// <value>The default is 60 seconds; Whisper takes half a minute.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00", ErrorMessage = "MaxUtterance must be 5 seconds to 5 minutes.")]
    public TimeSpan MaxUtterance { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest text that is spoken at a time.</summary>
    /// <value>The default is 5000.</value>
    [Range(1, 100_000, ErrorMessage = "MaxCharacters must be 1 to 100000.")]
    public int MaxCharacters { get; set; } = 5000;

    /// <summary>Names of the model's speakers in their order, for <c>voice</c>; those without one are called by number.</summary>
    /// <value>The default is empty.</value>
    public IList<string> Voices { get; } = [];

    /// <summary>The vocoder of Matcha, where it lies outside the folder.</summary>
    /// <value>The default is null: the folder's own.</value>
    public string? Vocoder { get; set; }

    /// <summary>The folder of a punctuation model that goes over the final transcripts of this recogniser.</summary>
    /// <value>The default is null: transcripts stay as they are.</value>
    public string? Punctuation { get; set; }

    /// <summary>Whether a model that was never loaded here is first tried in a process of its own: a bad one ends the process that loads it.</summary>
    /// <value>The default is true.</value>
    public bool Trial { get; set; } = true;

    /// <summary>How long that trial may take.</summary>
    /// <value>The default is 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:30:00", ErrorMessage = "TrialTimeout must be 5 seconds to 30 minutes.")]
    public TimeSpan TrialTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Where it is remembered that the trial was passed.</summary>
    /// <value>The default is null: <c>parley/models-tried</c> in the user's cache.</value>
    internal string? TrialFolder { get; set; }

    /// <summary>What the policy should know of it; its languages are recognised where none are named.</summary>
    /// <value>The default is a local engine that is much better than the embedded ones (0.85) and answers in 0.15 s, until that is measured.</value>
    public EngineAttributes Attributes { get; set; } = new() { Accuracy = 0.85, Latency = TimeSpan.FromMilliseconds(150) };
}
