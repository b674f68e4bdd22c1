using System.Runtime.InteropServices;
using Parley.Diagnostics;

namespace Parley.Opus.Native;

/// <summary>The functions of libopus 1.2 and later that the adapter calls; https://opus-codec.org/docs/opus_api-1.3.1 describes them.</summary>
internal static unsafe partial class OpusLibrary
{
    public const string Name = "opus";

    /// <summary>OPUS_APPLICATION_VOIP: tuned to be understood, not to be true to music.</summary>
    public const int Voip = 2048;

    /// <summary>OPUS_RESET_STATE, of the requests the one that takes no argument: the others are variadic, which not every machine calls like this.</summary>
    private const int ResetState = 4028;

    static OpusLibrary() => NativeLibraries.Declare(typeof(OpusLibrary).Assembly, Name, "libopus.so.0", "libopus.so", "libopus.0.dylib", "opus.dll");

    public static bool IsAvailable => NativeLibraries.IsAvailable(typeof(OpusLibrary).Assembly, Name);

    /// <summary>Such as 1.3.1; empty where the library does not say.</summary>
    public static string Version => Marshal.PtrToStringUTF8((nint)opus_get_version_string())?.Split(' ').Last() ?? "";

    [LibraryImport(Name)] public static partial OpusEncoderHandle opus_encoder_create(int sampleRate, int channels, int application, out int error);
    [LibraryImport(Name)] public static partial int opus_encode(OpusEncoderHandle encoder, short* samples, int count, byte* packet, int capacity);
    [LibraryImport(Name)] public static partial void opus_encoder_destroy(nint encoder);
    [LibraryImport(Name)] public static partial OpusDecoderHandle opus_decoder_create(int sampleRate, int channels, out int error);
    [LibraryImport(Name)] public static partial int opus_decode(OpusDecoderHandle decoder, byte* packet, int length, short* samples, int capacity, int correct);
    [LibraryImport(Name)] public static partial void opus_decoder_destroy(nint decoder);
    [LibraryImport(Name)] private static partial int opus_encoder_ctl(OpusEncoderHandle encoder, int request);
    [LibraryImport(Name)] private static partial int opus_decoder_ctl(OpusDecoderHandle decoder, int request);
    [LibraryImport(Name)] private static partial byte* opus_strerror(int error);
    [LibraryImport(Name)] private static partial byte* opus_get_version_string();

    public static void Reset(OpusEncoderHandle encoder) => opus_encoder_ctl(encoder, ResetState);

    public static void Reset(OpusDecoderHandle decoder) => opus_decoder_ctl(decoder, ResetState);

    /// <summary>What a negative result means, such as <c>corrupted stream</c>.</summary>
    public static string Describe(int error) => Marshal.PtrToStringUTF8((nint)opus_strerror(error)) ?? $"error {error}";
}
