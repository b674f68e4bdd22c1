using System.ComponentModel.DataAnnotations;

namespace Parley.Replies.QuickReplies;

/// <summary>The opener that a small model says while the large one thinks (<c>Parley:QuickReply</c>). <c>Parley:Engines:Quick</c> names the small model.</summary>
public sealed class QuickReplyOptions
{
    /// <summary>How long the small model may take; later than that an opener would only delay the answer.</summary>
    /// <value>The default is 600 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:05", ErrorMessage = "Deadline must be 0.05 to 5 seconds.")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(600);

    /// <summary>The most tokens that the small model is asked for.</summary>
    /// <value>The default is 12: three words with their marks in any language.</value>
    [Range(1, 100, ErrorMessage = "MaxTokens must be 1 to 100.")]
    public int MaxTokens { get; set; } = 12;
}
