using System.Runtime.InteropServices;
using Parley.Diagnostics;

namespace Parley.SherpaOnnx.Native;

/// <summary>The C functions of sherpa-onnx 1.13.8 that are used here.</summary>
/// <remarks>
/// What a recogniser, stream or synthesiser does is done by one thread at a time; different ones are independent of each other. The library throws
/// C++ exceptions and calls exit() when a model displeases it: call no Create function with files that <see cref="Trials.ModelTrial"/> has not tried.
/// </remarks>
internal static unsafe partial class SherpaLibrary
{
    private const string Library = "sherpa-onnx-c-api";

    static SherpaLibrary() => NativeLibraries.Declare(typeof(SherpaLibrary).Assembly, Library, LibraryLocation.Candidates);

    /// <summary>Whether the library loads on this machine.</summary>
    public static bool IsAvailable => NativeLibraries.IsAvailable(typeof(SherpaLibrary).Assembly, Library);

    /// <summary>The library's version, such as <c>1.13.8</c>. Only where <see cref="IsAvailable"/>.</summary>
    public static string Version => Marshal.PtrToStringUTF8(GetVersion()) ?? "";

    [LibraryImport(Library, EntryPoint = "SherpaOnnxGetVersionStr")]
    private static partial nint GetVersion();

    [LibraryImport(Library, EntryPoint = "SherpaOnnxCreateOnlineRecognizer")]
    public static partial OnlineRecognizerHandle CreateOnlineRecognizer(in OnlineConfig config);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDestroyOnlineRecognizer")]
    public static partial void DestroyOnlineRecognizer(nint recognizer);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxCreateOnlineStream")]
    public static partial OnlineStreamHandle CreateOnlineStream(OnlineRecognizerHandle recognizer);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxCreateOnlineStreamWithHotwords", StringMarshalling = StringMarshalling.Utf8)]
    public static partial OnlineStreamHandle CreateOnlineStream(OnlineRecognizerHandle recognizer, string hotwords);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDestroyOnlineStream")]
    public static partial void DestroyOnlineStream(nint stream);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxOnlineStreamAcceptWaveform")]
    public static partial void AcceptWaveform(OnlineStreamHandle stream, int sampleRate, float* samples, int count);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxOnlineStreamInputFinished")]
    public static partial void InputFinished(OnlineStreamHandle stream);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxIsOnlineStreamReady")]
    public static partial int IsReady(OnlineRecognizerHandle recognizer, OnlineStreamHandle stream);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDecodeMultipleOnlineStreams")]
    public static partial void Decode(OnlineRecognizerHandle recognizer, nint* streams, int count);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxGetOnlineStreamResult")]
    public static partial OnlineResult* GetResult(OnlineRecognizerHandle recognizer, OnlineStreamHandle stream);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDestroyOnlineRecognizerResult")]
    public static partial void DestroyResult(OnlineResult* result);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxCreateOfflineRecognizer")]
    public static partial OfflineRecognizerHandle CreateOfflineRecognizer(in OfflineConfig config);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDestroyOfflineRecognizer")]
    public static partial void DestroyOfflineRecognizer(nint recognizer);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxCreateOfflineStream")]
    public static partial OfflineStreamHandle CreateOfflineStream(OfflineRecognizerHandle recognizer);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxCreateOfflineStreamWithHotwords", StringMarshalling = StringMarshalling.Utf8)]
    public static partial OfflineStreamHandle CreateOfflineStream(OfflineRecognizerHandle recognizer, string hotwords);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDestroyOfflineStream")]
    public static partial void DestroyOfflineStream(nint stream);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxAcceptWaveformOffline")]
    public static partial void AcceptWaveform(OfflineStreamHandle stream, int sampleRate, float* samples, int count);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDecodeOfflineStream")]
    public static partial void Decode(OfflineRecognizerHandle recognizer, OfflineStreamHandle stream);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxGetOfflineStreamResult")]
    public static partial OfflineResult* GetResult(OfflineStreamHandle stream);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDestroyOfflineRecognizerResult")]
    public static partial void DestroyResult(OfflineResult* result);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxCreateOfflineTts")]
    public static partial TtsHandle CreateTts(in TtsConfig config);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDestroyOfflineTts")]
    public static partial void DestroyTts(nint tts);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxOfflineTtsSampleRate")]
    public static partial int SampleRate(TtsHandle tts);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxOfflineTtsNumSpeakers")]
    public static partial int SpeakerCount(TtsHandle tts);

    /// <summary>Speaks a text. The callback gets the samples of each sentence and its share of the whole, and ends it all by returning 0.</summary>
    [LibraryImport(Library, EntryPoint = "SherpaOnnxOfflineTtsGenerateWithConfig", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Generate(
        TtsHandle tts, string text, in GenerationConfig config, delegate* unmanaged[Cdecl]<float*, int, float, nint, int> callback, nint argument);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDestroyOfflineTtsGeneratedAudio")]
    public static partial void DestroyAudio(nint audio);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxCreateOfflinePunctuation")]
    public static partial PunctuationHandle CreatePunctuation(in PunctuationConfig config);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDestroyOfflinePunctuation")]
    public static partial void DestroyPunctuation(nint punctuation);

    // The library's own names of these two lack a syllable.
    [LibraryImport(Library, EntryPoint = "SherpaOfflinePunctuationAddPunct", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Punctuate(PunctuationHandle punctuation, string text);

    [LibraryImport(Library, EntryPoint = "SherpaOfflinePunctuationFreeText")]
    public static partial void FreePunctuated(nint text);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxCreateOnlinePunctuation")]
    public static partial OnlinePunctuationHandle CreateOnlinePunctuation(in OnlinePunctuationConfig config);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxDestroyOnlinePunctuation")]
    public static partial void DestroyOnlinePunctuation(nint punctuation);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxOnlinePunctuationAddPunct", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Punctuate(OnlinePunctuationHandle punctuation, string text);

    [LibraryImport(Library, EntryPoint = "SherpaOnnxOnlinePunctuationFreeText")]
    public static partial void FreeOnlinePunctuated(nint text);
}
