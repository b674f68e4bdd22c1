using System.Runtime.InteropServices;
using Parley.Diagnostics;

namespace Parley.Flite.Tts;

/// <summary>The functions of libflite 2.x that the adapter calls; flite.h, cst_utterance.h, cst_item.h and cst_audio.h describe them.</summary>
internal static unsafe partial class FliteNative
{
    public const string Flite = "flite";
    private const string C = "c";

    static FliteNative()
    {
        Declare(Flite);
        foreach (var name in FliteVoice.Names) { Declare(VoiceLibrary(name)); }
        NativeLibraries.Declare(typeof(FliteNative).Assembly, C, "libc.so.6", "libc", "libSystem.dylib");
    }

    public static bool IsAvailable => NativeLibraries.IsAvailable(typeof(FliteNative).Assembly, Flite);

    public static bool HasVoice(string name) => NativeLibraries.IsAvailable(typeof(FliteNative).Assembly, VoiceLibrary(name));

    [LibraryImport(Flite)] public static partial int flite_init();
    [LibraryImport(Flite)] public static partial nint new_utterance();
    [LibraryImport(Flite)] public static partial void delete_utterance(nint utterance);
    [LibraryImport(Flite, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void utt_set_input_text(nint utterance, string text);
    [LibraryImport(Flite)] public static partial nint utt_init(nint utterance, nint voice);
    [LibraryImport(Flite)] public static partial nint utt_synth(nint utterance);
    [LibraryImport(Flite)] public static partial Wave* utt_wave(nint utterance);
    [LibraryImport(Flite)] public static partial nint utt_relation(nint utterance, byte* name);
    [LibraryImport(Flite)] public static partial nint relation_head(nint relation);
    [LibraryImport(Flite)] public static partial nint item_next(nint item);
    [LibraryImport(Flite)] public static partial nint item_daughter(nint item);
    [LibraryImport(Flite)] public static partial nint item_as(nint item, byte* relation);
    [LibraryImport(Flite)] public static partial float item_feat_float(nint item, byte* name);
    [LibraryImport(Flite)] public static partial byte* item_feat_string(nint item, byte* name);
    [LibraryImport(Flite)] public static partial void feat_set_float(nint features, byte* name, float value);
    [LibraryImport(Flite)] public static partial void feat_set(nint features, byte* name, nint value);
    [LibraryImport(Flite)] public static partial StreamingInfo* new_audio_streaming_info();
    [LibraryImport(Flite)] public static partial nint audio_streaming_info_val(StreamingInfo* info);

    [LibraryImport("flite_cmu_us_slt")] public static partial nint register_cmu_us_slt(nint path);
    [LibraryImport("flite_cmu_us_rms")] public static partial nint register_cmu_us_rms(nint path);
    [LibraryImport("flite_cmu_us_awb")] public static partial nint register_cmu_us_awb(nint path);
    [LibraryImport("flite_cmu_us_kal16")] public static partial nint register_cmu_us_kal16(nint path);
    [LibraryImport("flite_cmu_us_kal")] public static partial nint register_cmu_us_kal(nint path);

    [LibraryImport(C)] public static partial void srand(uint seed);

    /// <summary>A name that outlives the call: flite keeps the pointer to a feature's name, and a UTF-8 literal never moves.</summary>
    public static byte* Name(ReadOnlySpan<byte> literal) =>
        (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal));

    private static string VoiceLibrary(string voice) => "flite_cmu_us_" + voice;

    private static void Declare(string library) =>
        NativeLibraries.Declare(typeof(FliteNative).Assembly, library, $"lib{library}.so.1", $"lib{library}.so", $"lib{library}.dylib");

    /// <summary>cst_wave.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Wave
    {
        public byte* Type;
        public int SampleRate;
        public int Samples;
        public int Channels;
        public short* Data;
    }

    /// <summary>cst_audio_streaming_info.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct StreamingInfo
    {
        public int MinBufferSize;
        public delegate* unmanaged[Cdecl]<Wave*, int, int, int, StreamingInfo*, int> Callback;
        public nint Utterance;
        public nint Item;
        public nint UserData;
    }
}
