using System.Runtime.InteropServices;
using Parley.Diagnostics;

namespace Parley.PocketSphinx.Native;

/// <summary>The C functions of PocketSphinx and SphinxBase 0.8+5prealpha that are used here.</summary>
/// <remarks>A decoder or front end may be used by one thread at a time; different ones are independent of each other.</remarks>
internal static partial class SphinxLibrary
{
    private const string Decoder = "pocketsphinx";
    private const string Base = "sphinxbase";

    static SphinxLibrary()
    {
        NativeLibraries.Declare(typeof(SphinxLibrary).Assembly, Decoder, "libpocketsphinx.so.3", "libpocketsphinx.3.dylib", "pocketsphinx.dll");
        NativeLibraries.Declare(typeof(SphinxLibrary).Assembly, Base, "libsphinxbase.so.3", "libsphinxbase.3.dylib", "sphinxbase.dll");
        if (IsAvailable) { SetLogFile(nint.Zero); } // the library would write every utterance to stderr
    }

    /// <summary>Whether both libraries load on this machine.</summary>
    internal static bool IsAvailable =>
        NativeLibraries.IsAvailable(typeof(SphinxLibrary).Assembly, Base) && NativeLibraries.IsAvailable(typeof(SphinxLibrary).Assembly, Decoder);

    [LibraryImport(Base, EntryPoint = "err_set_logfp")]
    private static partial void SetLogFile(nint file);

    [LibraryImport(Decoder, EntryPoint = "ps_args")]
    internal static partial nint Arguments();

    [LibraryImport(Base, EntryPoint = "cmd_ln_parse_r", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial ConfigHandle ParseArguments(nint old, nint definitions, int count, string[] values, int strict);

    [LibraryImport(Base, EntryPoint = "cmd_ln_retain")]
    internal static partial nint Retain(ConfigHandle config);

    [LibraryImport(Base, EntryPoint = "cmd_ln_free_r")]
    internal static partial int FreeConfig(nint config);

    [LibraryImport(Base, EntryPoint = "fe_init_auto_r")]
    internal static partial FrontEndHandle CreateFrontEnd(nint config);

    [LibraryImport(Base, EntryPoint = "fe_free")]
    internal static partial int FreeFrontEnd(nint frontEnd);

    [LibraryImport(Base, EntryPoint = "fe_start_stream")]
    internal static partial void StartStream(FrontEndHandle frontEnd);

    [LibraryImport(Base, EntryPoint = "fe_start_utt")]
    internal static partial int StartUtterance(FrontEndHandle frontEnd);

    [LibraryImport(Base, EntryPoint = "fe_get_output_size")]
    internal static partial int OutputSize(FrontEndHandle frontEnd);

    [LibraryImport(Base, EntryPoint = "fe_process_frames")]
    internal static unsafe partial int ProcessFrames(
        FrontEndHandle frontEnd, ref short* samples, ref nuint count, float** cepstra, ref int frames, nint frameIndex);

    [LibraryImport(Decoder, EntryPoint = "ps_init")]
    internal static partial DecoderHandle CreateDecoder(ConfigHandle config);

    [LibraryImport(Decoder, EntryPoint = "ps_free")]
    internal static partial int FreeDecoder(nint decoder);

    [LibraryImport(Decoder, EntryPoint = "ps_start_utt")]
    internal static partial int StartUtterance(DecoderHandle decoder);

    [LibraryImport(Decoder, EntryPoint = "ps_process_cep")]
    internal static unsafe partial int ProcessCepstra(DecoderHandle decoder, float** frames, int count, int noSearch, int fullUtterance);

    [LibraryImport(Decoder, EntryPoint = "ps_end_utt")]
    internal static partial int EndUtterance(DecoderHandle decoder);

    [LibraryImport(Decoder, EntryPoint = "ps_get_hyp")]
    internal static partial nint Hypothesis(DecoderHandle decoder, out int score);

    [LibraryImport(Decoder, EntryPoint = "ps_get_prob")]
    internal static partial int Posterior(DecoderHandle decoder);

    [LibraryImport(Decoder, EntryPoint = "ps_get_n_frames")]
    internal static partial int FrameCount(DecoderHandle decoder);

    [LibraryImport(Decoder, EntryPoint = "ps_seg_iter")]
    internal static partial nint FirstSegment(DecoderHandle decoder);

    [LibraryImport(Decoder, EntryPoint = "ps_seg_next")]
    internal static partial nint NextSegment(nint segment);

    [LibraryImport(Decoder, EntryPoint = "ps_seg_word")]
    internal static partial nint SegmentWord(nint segment);

    [LibraryImport(Decoder, EntryPoint = "ps_seg_frames")]
    internal static partial void SegmentFrames(nint segment, out int first, out int last);

    [LibraryImport(Decoder, EntryPoint = "ps_seg_prob")]
    internal static partial int SegmentPosterior(nint segment, out int acoustic, out int language, out int backoff);

    [LibraryImport(Decoder, EntryPoint = "ps_lookup_word", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint LookUpWord(DecoderHandle decoder, string word);

    [LibraryImport(Base, EntryPoint = "ckd_free")]
    private static partial void FreeMemory(nint memory);

    [LibraryImport(Decoder, EntryPoint = "ps_add_word", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AddWord(DecoderHandle decoder, string word, string phones, int update);

    [LibraryImport(Decoder, EntryPoint = "ps_set_jsgf_string", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetGrammar(DecoderHandle decoder, string name, string grammar);

    [LibraryImport(Decoder, EntryPoint = "ps_set_lm_file", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetLanguageModel(DecoderHandle decoder, string name, string path);

    [LibraryImport(Decoder, EntryPoint = "ps_set_search", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int UseSearch(DecoderHandle decoder, string name);

    [LibraryImport(Decoder, EntryPoint = "ps_unset_search", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int DropSearch(DecoderHandle decoder, string name);

    [LibraryImport(Decoder, EntryPoint = "ps_get_logmath")]
    internal static partial nint Logarithms(DecoderHandle decoder);

    /// <summary>The set of language models of a search; it stays the decoder's.</summary>
    [LibraryImport(Decoder, EntryPoint = "ps_get_lm", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint LanguageModels(DecoderHandle decoder, string name);

    [LibraryImport(Base, EntryPoint = "ngram_model_read", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ReadLanguageModel(nint config, string path, int type, nint logarithms);

    [LibraryImport(Base, EntryPoint = "ngram_model_free")]
    internal static partial int FreeLanguageModel(nint model);

    // Builds before the tries of 2015 take one weight more than later ones, which do not look at it.
    [LibraryImport(Base, EntryPoint = "ngram_model_apply_weights")]
    internal static partial int ApplyWeights(nint model, float languageWeight, float insertionPenalty, float unigramWeight);

    /// <summary>Adds a model to a set, which owns it from then on.</summary>
    [LibraryImport(Base, EntryPoint = "ngram_model_set_add", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint AddLanguageModel(nint set, nint model, string name, float weight, int keepWords);

    /// <summary>Takes a model out of a set; it is the caller's then.</summary>
    [LibraryImport(Base, EntryPoint = "ngram_model_set_remove", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint RemoveLanguageModel(nint set, string name, int keepWords);

    [LibraryImport(Base, EntryPoint = "ngram_model_set_select", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint SelectLanguageModel(nint set, string name);

    [LibraryImport(Base, EntryPoint = "ngram_model_set_current")]
    internal static partial nint CurrentLanguageModel(nint set);

    /// <summary>Mixes the models of a set, without names and weights by those that they have.</summary>
    [LibraryImport(Base, EntryPoint = "ngram_model_set_interp")]
    internal static partial nint MixLanguageModels(nint set, nint names, nint weights);

    /// <summary>Whether the decoder's dictionary has the word.</summary>
    internal static bool HasWord(DecoderHandle decoder, string word)
    {
        var phones = LookUpWord(decoder, word);
        if (phones == nint.Zero) { return false; }
        FreeMemory(phones);
        return true;
    }
}
