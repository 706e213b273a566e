package org.einloom.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/**
 * Measures one tensor over its samples, in two passes: first the range of its values, then
 * everything that depends on it. The samples of both passes must be the same.
 */
public final class Measurement {
  private final List<BitFormat> formats;
  private final int bins;
  private String type = "";
  private List<Long> shape = List.of();
  private boolean whole;
  private long samples;
  private long elements;
  private long nonZero;
  private long notFinite;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long[] counts = {};
  private List<Words> words = List.of();
  private long measured;

  /** The words of one format, as counted so far. */
  private static final class Words {
    final BitFormat format;
    final double scale;
    final long[] ones;
    long nonZero;
    long changed;
    long pairs;

    Words(BitFormat format, double scale) {
      this.format = format;
      this.scale = scale;
      this.ones = new long[format.bits()];
    }
  }

  /**
   * @param formats in which words are looked at
   * @param bins of the histogram, at least 1
   */
  public Measurement(List<BitFormat> formats, int bins) {
    this.formats = List.copyOf(formats);
    this.bins = bins;
  }

  /** A sample, in the first pass. */
  public void range(NumericTensor sample) {
    if (samples++ == 0) {
      type = sample.type().label();
      shape = sample.shape();
      whole = sample.type().integral();
    }
    var values = sample.elements();
    elements += values.size();
    for (int i = 0; i < values.size(); i++) {
      double v = values.at(i);
      if (v != 0) {
        nonZero++;
      }
      if (Double.isFinite(v)) {
        min = Math.min(min, v);
        max = Math.max(max, v);
      } else {
        notFinite++;
      }
    }
  }

  /** The same sample, in the second pass. */
  public void detail(NumericTensor sample) {
    if (counts.length == 0) {
      counts = new long[bins];
      boolean empty = min > max;
      words =
          formats.stream().map(f -> new Words(f, empty ? 1 : f.scale(min, max, whole))).toList();
    }
    var values = sample.elements();
    measured += values.size();
    for (int i = 0; i < values.size(); i++) {
      double v = values.at(i);
      if (Double.isFinite(v)) {
        counts[bin(v)]++;
      }
    }
    for (Words w : words) {
      count(w, values);
    }
  }

  private int bin(double v) {
    double width = max - min;
    return width > 0 ? (int) Math.min(bins - 1, Math.floor((v - min) / width * bins)) : 0;
  }

  private static void count(Words w, NumericTensor.Elements values) {
    long last = 0;
    for (int i = 0; i < values.size(); i++) {
      long word = w.format.encode(values.at(i), w.scale);
      if (!w.format.isZero(word)) {
        w.nonZero++;
      }
      for (long rest = word; rest != 0; rest &= rest - 1) {
        w.ones[Long.numberOfTrailingZeros(rest)]++;
      }
      if (i > 0) {
        w.changed += Long.bitCount(word ^ last);
        w.pairs++;
      }
      last = word;
    }
  }

  /** What was measured; empty tensors and those without a second pass are none of it. */
  public TensorProfile profile(String name, boolean constant) {
    if (measured != elements || elements == 0) {
      throw new IllegalStateException(
          "tensor '%s' had %d elements, then %d".formatted(name, elements, measured));
    }
    List<BitStatistics> bits = new ArrayList<>();
    for (Words w : words) {
      bits.add(
          new BitStatistics(
              w.format,
              w.scale,
              (double) w.nonZero / elements,
              Arrays.stream(w.ones).mapToObj(n -> (double) n / elements).toList(),
              w.pairs == 0
                  ? OptionalDouble.empty()
                  : OptionalDouble.of((double) w.changed / w.pairs / w.format.bits())));
    }
    boolean empty = min > max;
    var histogram =
        new Histogram(empty ? 0 : min, empty ? 0 : max, LongStream.of(counts).boxed().toList());
    return new TensorProfile(
        name,
        type,
        constant,
        samples,
        shape,
        elements,
        (double) nonZero / elements,
        notFinite,
        histogram,
        bits);
  }

  /** Whether there is anything to measure. */
  public boolean isEmpty() {
    return elements == 0;
  }
}
