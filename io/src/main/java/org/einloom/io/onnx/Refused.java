package org.einloom.io.onnx;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Operators of the ONNX standard that Einloom knows and does not cost, with the reason: they are
 * named among what is not costed, wherever they stand in the way of data.
 */
final class Refused {
  private static final String DATA = "data decides how many words its result has";
  private static final String TEXT = "works on text";
  private static final String RANDOM = "random numbers: what a generator costs is not modelled";
  private static final String SEQUENCES = "sequences of tensors are not read";
  private static final String TRAINING = "a loss, which inference does not compute";
  private static final String SPECTRUM = "which of the fast transforms computes it is open";

  private static final Map<String, String> REASONS = reasons();

  private Refused() {}

  private static Map<String, String> reasons() {
    var reasons = new TreeMap<String, String>();
    reasons.put("Bernoulli", RANDOM);
    reasons.put("Compress", DATA);
    reasons.put("ConcatFromSequence", SEQUENCES);
    reasons.put("DFT", SPECTRUM);
    reasons.put("Det", "an elimination, whose steps shrink: no rectangular space of points");
    reasons.put("ImageDecoder", "decoding depends on the picture");
    reasons.put(
        "LinearAttention", "a recurrence over positions, whose state every position rewrites");
    reasons.put("MaxRoiPool", "data decides how large its windows are");
    reasons.put("Multinomial", RANDOM);
    reasons.put("NegativeLogLikelihoodLoss", TRAINING);
    reasons.put("NonMaxSuppression", DATA);
    reasons.put("NonZero", DATA);
    reasons.put("Optional", SEQUENCES);
    reasons.put("OptionalGetElement", SEQUENCES);
    reasons.put("OptionalHasElement", SEQUENCES);
    reasons.put("RandomNormal", RANDOM);
    reasons.put("RandomNormalLike", RANDOM);
    reasons.put("RandomUniform", RANDOM);
    reasons.put("RandomUniformLike", RANDOM);
    reasons.put("RegexFullMatch", TEXT);
    reasons.put("STFT", SPECTRUM);
    reasons.put("SequenceAt", SEQUENCES);
    reasons.put("SequenceConstruct", SEQUENCES);
    reasons.put("SequenceEmpty", SEQUENCES);
    reasons.put("SequenceErase", SEQUENCES);
    reasons.put("SequenceInsert", SEQUENCES);
    reasons.put("SequenceLength", SEQUENCES);
    reasons.put("SequenceMap", SEQUENCES);
    reasons.put("SoftmaxCrossEntropyLoss", TRAINING);
    reasons.put("SplitToSequence", SEQUENCES);
    reasons.put("StringConcat", TEXT);
    reasons.put("StringNormalizer", TEXT);
    reasons.put("StringSplit", TEXT);
    reasons.put("TfIdfVectorizer", TEXT);
    reasons.put("Unique", DATA);
    return Map.copyOf(reasons);
  }

  /** Why an operator is not costed; null for those that are, and for those of other domains. */
  static @Nullable String why(String operator) {
    return REASONS.get(operator);
  }

  /** All of them, with their reasons. */
  static Map<String, String> all() {
    return REASONS;
  }
}
