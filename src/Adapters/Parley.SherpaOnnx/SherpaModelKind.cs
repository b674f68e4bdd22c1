namespace Parley.SherpaOnnx;

/// <summary>The families of models that Parley runs with sherpa-onnx.</summary>
public enum SherpaModelKind
{
    /// <summary>Recognises while one speaks: encoder, decoder and joiner, such as a streaming zipformer.</summary>
    StreamingTransducer,

    /// <summary>Recognises while one speaks: encoder and decoder of a streaming Paraformer.</summary>
    StreamingParaformer,

    /// <summary>Recognises while one speaks: one file, a zipformer 2 with CTC.</summary>
    StreamingZipformer2Ctc,

    /// <summary>Recognises whole utterances: encoder, decoder and joiner, such as a zipformer or NeMo's Parakeet.</summary>
    Transducer,

    /// <summary>Recognises whole utterances: one file.</summary>
    Paraformer,

    /// <summary>Recognises whole utterances: encoder and decoder of Whisper.</summary>
    Whisper,

    /// <summary>Recognises whole utterances in Chinese, Cantonese, English, Japanese and Korean: one file.</summary>
    SenseVoice,

    /// <summary>Recognises whole utterances: preprocessor, encoder and two decoders of Moonshine.</summary>
    Moonshine,

    /// <summary>Speaks: model, voices and the data of eSpeak NG.</summary>
    Kokoro,

    /// <summary>Speaks: VITS, also from Piper.</summary>
    Vits,

    /// <summary>Speaks: an acoustic model and a vocoder.</summary>
    Matcha,

    /// <summary>Punctuates text: a CT transformer for Chinese and English.</summary>
    Punctuation,

    /// <summary>Punctuates English text and restores its case.</summary>
    CasingPunctuation,
}
