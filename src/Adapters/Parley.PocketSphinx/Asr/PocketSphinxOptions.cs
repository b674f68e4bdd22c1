using System.ComponentModel.DataAnnotations;

namespace Parley.PocketSphinx.Asr;

/// <summary>Settings of the PocketSphinx recogniser and aligner.</summary>
public sealed record PocketSphinxOptions
{
    /// <summary>Folder with the acoustic model <c>en-us/</c>, <c>cmudict-en-us.dict</c> and <c>en-us.lm.bin</c>.</summary>
    /// <value>The default is the folder of the Debian package <c>pocketsphinx-en-us</c>.</value>
    public string ModelPath { get; init; } = "/usr/share/pocketsphinx/model/en-us";

    /// <summary>Decoders for free dictation, shared by all sessions; each decodes one utterance at a time. A final uses a second one where it is idle.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 64)]
    public int PoolSize { get; init; } = 2;

    /// <summary>Decoders for offered answers and other hints; they hold no language model and are a third of the size.</summary>
    /// <value>The default is 2.</value>
    [Range(1, 64)]
    public int GuidedPoolSize { get; init; } = 2;

    /// <summary>Decoders that lay recordings along a known text.</summary>
    /// <value>The default is 1.</value>
    [Range(1, 64)]
    public int AlignerPoolSize { get; init; } = 1;

    /// <summary>Whether partials are shown while the speaker speaks, where a decoder is free to make them.</summary>
    /// <value>The default is true.</value>
    public bool LivePartials { get; init; } = true;

    /// <summary>How long a final may wait for a free decoder.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan LeaseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a final may take once its decoder is there.</summary>
    /// <value>The default is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan DecodeTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest utterance; audio beyond it is not decoded.</summary>
    /// <value>The default is 60 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan MaxUtterance { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>An offered answer at least this likely is taken without trying free dictation.</summary>
    /// <value>The default is 0.5.</value>
    [Range(0.0, 1.0)]
    public double AnswerThreshold { get; init; } = 0.5;

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    internal PocketSphinxOptions Validated()
    {
        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(this, new ValidationContext(this), faults, validateAllProperties: true)
            ? this
            : throw new ArgumentOutOfRangeException(nameof(PocketSphinxOptions), string.Join(" ", faults.Select(fault => fault.ErrorMessage)));
    }

    internal string AcousticModel => Path.Combine(ModelPath, "en-us");

    internal string Dictionary => Path.Combine(ModelPath, "cmudict-en-us.dict");

    internal string LanguageModel => Path.Combine(ModelPath, "en-us.lm.bin");
}
