package org.einloom.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.io.profile.Normalisation;
import org.einloom.io.profile.SampleReader;
import org.einloom.io.profile.Samples;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a network is run on. */
final class SampleArguments {
  private static final int MOST_SAMPLES = 1_000_000;

  @Option(
      names = "--inputs",
      paramLabel = "[NAME=]PATH",
      description =
          "What to run it on: .npy, .npz, .pb (ONNX tensors), .png, .jpg, or a folder of them;"
              + " NAME=FILE or NAME=NUMBER for one of several inputs. May be given several times.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--random",
      paramLabel = "SEED",
      description =
          "Random values, which say little of real ones, for what --inputs does not give.")
  private @Nullable Long seed;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "How many random samples (default: 1).")
  private int samples = 1;

  @Option(
      names = "--below",
      paramLabel = "N",
      description = "Random whole numbers are below this (default: 2), such as a vocabulary.")
  private long below = 2;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Batch size of random values, if the file leaves it open.")
  private @Nullable Long batch;

  @Option(
      names = "--dim",
      paramLabel = "NAME=N",
      description =
          "Extent of a dimension that the file leaves open, for random values and numbers; by its"
              + " name, or by input and axis (tokens:1=128). May be given several times.")
  private List<String> dimensions = new ArrayList<>();

  @Option(
      names = "--mean",
      paramLabel = "X",
      split = ",",
      description = "Subtracted from values of images, which are 0 to 1 (default: 0).")
  private List<Double> mean = new ArrayList<>();

  @Option(
      names = "--std",
      paramLabel = "X",
      split = ",",
      description = "What values of images are divided by then (default: 1).")
  private List<Double> deviation = new ArrayList<>();

  /** Whether there are any. */
  boolean given() {
    return !inputs.isEmpty() || seed != null;
  }

  /** The files among the arguments, for what must not be written over. */
  List<String> files() {
    return inputs;
  }

  /** Extents by name. */
  Map<String, Long> extents() {
    Map<String, Long> extents = new HashMap<>(Dimensions.parse(dimensions));
    if (batch != null) {
      if (batch < 1) {
        throw new InvalidSpecException("--batch is " + batch + "; expected at least 1");
      }
      extents.putIfAbsent("batch", batch);
    }
    return extents;
  }

  /**
   * Before anything is read.
   *
   * @throws InvalidSpecException if a number is none that can be
   */
  void check() {
    if (samples < 1 || samples > MOST_SAMPLES) {
      throw new InvalidSpecException(
          "--samples is %d; expected 1 to %d".formatted(samples, MOST_SAMPLES));
    }
    if (below < 1) {
      throw new InvalidSpecException("--below is %d; expected at least 1".formatted(below));
    }
  }

  Samples read(OnnxGraph graph) {
    if (mean.size() > 3 || deviation.size() > 3 || deviation.stream().anyMatch(d -> !(d > 0))) {
      throw new InvalidSpecException(
          "expected --mean and --std of one number, or three, and --std above 0");
    }
    var normalisation =
        new Normalisation(
            mean.isEmpty() ? List.of(0.0) : mean, deviation.isEmpty() ? List.of(1.0) : deviation);
    return new SampleReader(
            graph,
            inputs,
            seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
            samples,
            below,
            extents(),
            normalisation)
        .read();
  }
}
