using System.Runtime.InteropServices;
using Parley.Diagnostics;

namespace Parley.SndFile.Native;

/// <summary>The functions of libsndfile 1.1 and later that the adapter calls; sndfile.h and https://libsndfile.github.io/libsndfile/api.html describe them.</summary>
internal static unsafe partial class SndFileLibrary
{
    public const string Name = "sndfile";

    public const int Read = 0x10, Write = 0x20;

    public const int SetCompressionLevel = 0x1301, SetOggPageLatencyMs = 0x1302, SetBitrateMode = 0x1305;

    public const int Flac = 0x17_0000 | 0x02, OggOpus = 0x20_0000 | 0x64, Mp3 = 0x23_0000 | 0x82;

    static SndFileLibrary() =>
        NativeLibraries.Declare(typeof(SndFileLibrary).Assembly, Name, "libsndfile.so.1", "libsndfile.so", "libsndfile.1.dylib", "sndfile.dll");

    public static bool IsAvailable => NativeLibraries.IsAvailable(typeof(SndFileLibrary).Assembly, Name);

    /// <summary>Such as 1.2.0; empty where the library does not say.</summary>
    public static string Version => Marshal.PtrToStringUTF8((nint)sf_version_string())?.Split('-').Last() ?? "";

    [LibraryImport(Name)] public static partial nint sf_open_virtual(VirtualIo* io, int mode, Info* info, nint user);
    [LibraryImport(Name)] public static partial int sf_close(nint file);
    [LibraryImport(Name)] public static partial long sf_write_short(SndFileHandle file, short* samples, long count);
    [LibraryImport(Name)] public static partial long sf_readf_float(SndFileHandle file, float* samples, long frames);
    [LibraryImport(Name)] public static partial int sf_command(SndFileHandle file, int command, void* data, int size);
    [LibraryImport(Name)] public static partial int sf_format_check(Info* info);
    [LibraryImport(Name)] private static partial byte* sf_version_string();

    /// <summary>Whether this build of the library writes a format.</summary>
    public static bool CanWrite(int format, int sampleRate)
    {
        var info = new Info { Channels = 1, SampleRate = sampleRate, Format = format };
        return sf_format_check(&info) != 0;
    }

    /// <summary>SF_INFO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }

    /// <summary>SF_VIRTUAL_IO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct VirtualIo
    {
        public delegate* unmanaged[Cdecl]<nint, long> Length;
        public delegate* unmanaged[Cdecl]<long, int, nint, long> Seek;
        public delegate* unmanaged[Cdecl]<byte*, long, nint, long> Read;
        public delegate* unmanaged[Cdecl]<byte*, long, nint, long> Write;
        public delegate* unmanaged[Cdecl]<nint, long> Tell;
    }
}
