namespace Parley.Transports.Protocol;

/// <summary>The codes of <c>error</c> messages.</summary>
public static class ErrorCodes
{
    public const string BadJson = "bad_json";
    public const string UnknownType = "unknown_type";
    public const string MissingField = "missing_field";
    public const string BadField = "bad_field";
    public const string BadAudio = "bad_audio";
    public const string TooLarge = "too_large";
    public const string TooFast = "too_fast";
    public const string NotStarted = "not_started";
    public const string StartTimeout = "start_timeout";
    public const string AlreadyStarted = "already_started";
    public const string UnknownSession = "unknown_session";
    public const string BadToken = "bad_token";
    public const string NotChangeable = "not_changeable";
    public const string UnknownItem = "unknown_item";
    public const string NotAvailable = "not_available";
    public const string ReplyActive = "reply_active";
    public const string EngineFailed = "engine_failed";
    public const string Overloaded = "overloaded";
    public const string TooManyErrors = "too_many_errors";
    public const string Internal = "internal";
}
