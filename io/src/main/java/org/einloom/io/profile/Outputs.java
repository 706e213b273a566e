package org.einloom.io.profile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.profile.NumericTensor;
import org.einloom.workload.Counted;
import org.einloom.workload.InvalidSpecException;

/** What a network answers: shown, and held against what is expected. */
public final class Outputs {
  private static final int MOST_SHOWN = 8;

  private Outputs() {}

  /** Runs the network as it is on each sample. */
  public static List<SequencedMap<String, NumericTensor>> of(
      OnnxGraph graph, Samples samples, ModelRunner runner) {
    Map<String, Long> extents = InputCheck.check(graph, samples.get(0), "the first sample");
    List<SequencedMap<String, NumericTensor>> all = new ArrayList<>();
    try (var session = runner.open(graph, List.of(), extents, false)) {
      List<String> names = graph.outputs().stream().filter(session.results()::containsKey).toList();
      for (int i = 0; i < samples.count(); i++) {
        var outputs = new LinkedHashMap<String, NumericTensor>();
        session.run(samples.get(i), names, outputs::put);
        all.add(outputs);
      }
    }
    return all;
  }

  /**
   * An output in a few lines: its shape and range, and the first elements, or the largest.
   *
   * @param top how many of the largest to name along the last rank; 0: the first elements
   * @param labels of positions in the last rank; none: their numbers
   */
  public static List<String> lines(
      String name, NumericTensor tensor, int top, List<String> labels) {
    var values = tensor.elements();
    List<String> lines = new ArrayList<>();
    double min = IntStream.range(0, values.size()).mapToDouble(values::at).min().orElse(0);
    double max = IntStream.range(0, values.size()).mapToDouble(values::at).max().orElse(0);
    lines.add(
        "%s: %s of shape %s, from %s to %s"
            .formatted(name, tensor.type().label(), tensor.shape(), number(min), number(max)));
    if (top == 0 || tensor.shape().isEmpty()) {
      String first =
          IntStream.range(0, Math.min(MOST_SHOWN, values.size()))
              .mapToObj(i -> number(values.at(i)))
              .reduce((a, b) -> a + ", " + b)
              .orElse("nothing");
      lines.add("  " + first + (values.size() > MOST_SHOWN ? ", ..." : ""));
      return lines;
    }
    int last = (int) (long) tensor.shape().getLast();
    int rows = last == 0 ? 0 : values.size() / last;
    for (int row = 0; row < Math.min(rows, MOST_SHOWN); row++) {
      int start = row * last;
      IntStream.range(0, last)
          .boxed()
          .sorted(Comparator.comparingDouble((Integer i) -> -values.at(start + i)))
          .limit(top)
          .forEach(i -> lines.add("  " + number(values.at(start + i)) + "  " + label(i, labels)));
      if (row + 1 < Math.min(rows, MOST_SHOWN)) {
        lines.add("");
      }
    }
    if (rows > MOST_SHOWN) {
      lines.add("  and " + (rows - MOST_SHOWN) + " more rows");
    }
    return lines;
  }

  private static String label(int index, List<String> labels) {
    return index < labels.size() ? index + " " + labels.get(index) : Integer.toString(index);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6g", value);
  }

  /**
   * What is expected of a sample.
   *
   * @param path a {@code .npy} or {@code .pb} for the only output, a {@code .npz} by names, or a
   *     folder with {@code output_0.pb} and so on
   */
  public static SequencedMap<String, NumericTensor> expected(OnnxGraph graph, Path path) {
    if (Files.isDirectory(path)) {
      var tensors = SampleFiles.numberedFiles(path, "output", graph.outputs());
      if (tensors.isEmpty()) {
        throw new InvalidSpecException(path + " holds no output_0.pb or output_0.npy");
      }
      return tensors;
    }
    if (path.toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
      return NumpyFile.archive(path);
    }
    if (graph.outputs().size() != 1) {
      throw new InvalidSpecException(
          "%s is one tensor, but the network has the outputs %s; expected a .npz, or a folder with output_0.pb and so on"
              .formatted(path, String.join(", ", graph.outputs())));
    }
    var only = new LinkedHashMap<String, NumericTensor>();
    only.put(graph.outputs().getFirst(), SampleFiles.plain(path));
    return only;
  }

  /**
   * Compares outputs.
   *
   * @param tolerance as a share of the magnitude of what is expected, and as a difference where
   *     that is below 1
   * @return one line for each output
   * @throws InvalidSpecException if one is missing, has another shape, or differs by more
   */
  public static List<String> compare(
      Map<String, NumericTensor> actual,
      SequencedMap<String, NumericTensor> expected,
      double tolerance) {
    List<String> lines = new ArrayList<>();
    expected.forEach(
        (name, wanted) -> {
          NumericTensor got = actual.get(name);
          if (got == null) {
            throw new InvalidSpecException(
                "the network has no output '%s'; it has %s"
                    .formatted(name, String.join(", ", actual.keySet())));
          }
          if (!got.shape().equals(wanted.shape())) {
            throw new InvalidSpecException(
                "output '%s' has the shape %s; expected %s"
                    .formatted(name, got.shape(), wanted.shape()));
          }
          lines.add(compare(name, got, wanted, tolerance));
        });
    return lines;
  }

  private static String compare(
      String name, NumericTensor got, NumericTensor wanted, double tolerance) {
    double worst = -1;
    int at = 0;
    int beyond = 0;
    for (int i = 0; i < got.elements().size(); i++) {
      double a = got.elements().at(i);
      double b = wanted.elements().at(i);
      boolean same = Double.compare(a, b) == 0 || a == b;
      double off = same ? 0 : Math.abs(a - b) / Math.max(1, Math.abs(b));
      double difference = Double.isNaN(off) ? Double.POSITIVE_INFINITY : off;
      if (difference > tolerance) {
        beyond++;
      }
      if (difference > worst) {
        worst = difference;
        at = i;
      }
    }
    if (beyond > 0) {
      throw new InvalidSpecException(
          "output '%s' differs from what is expected in %d of %s by more than %s; most in element %d, %s instead of %s"
              .formatted(
                  name,
                  beyond,
                  Counted.of(got.elements().size(), "element"),
                  number(tolerance),
                  at,
                  number(got.elements().at(at)),
                  number(wanted.elements().at(at))));
    }
    return "%s: as expected, %s, largest difference %s"
        .formatted(name, Counted.of(got.elements().size(), "element"), number(Math.max(0, worst)));
  }
}
