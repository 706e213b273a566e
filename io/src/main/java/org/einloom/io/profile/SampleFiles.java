package org.einloom.io.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Position;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.io.onnx.OnnxTensors;
import org.einloom.profile.NumericTensor;
import org.einloom.workload.InvalidSpecException;

/**
 * Finds tensors in files: of one input, of one sample, of several samples.
 *
 * @param graph what they are for
 * @param normalisation of images
 */
record SampleFiles(OnnxGraph graph, Normalisation normalisation) {
  private static final Pattern NUMBERED = Pattern.compile("(input|output)_(\\d{1,6})\\.(pb|npy)");
  private static final String KINDS = ".npy, .npz, .pb, .png or .jpg";

  /** A sample that is read when it is wanted, and where from. */
  record Source(String where, Supplier<Map<String, NumericTensor>> read) {}

  /** The samples in a file or folder. */
  List<Source> samples(Path path) {
    if (!Files.exists(path)) {
      throw error(path, "there is no such file or folder");
    }
    if (!Files.isDirectory(path)) {
      return file(path);
    }
    List<Path> inside = list(path);
    if (inside.stream().anyMatch(f -> numbered(f, "input") >= 0)) {
      return List.of(new Source(path.toString(), () -> numberedFiles(path, "input", inputs())));
    }
    List<Source> all = new ArrayList<>();
    for (Path p : inside) {
      if (Files.isDirectory(p) || isTensor(p)) {
        all.addAll(samples(p));
      }
    }
    if (all.isEmpty()) {
      throw error(path, "holds no samples; expected files " + KINDS);
    }
    return all;
  }

  /** The tensor in a file, for that input. */
  NumericTensor tensor(Path file, OnnxGraph.Input input) {
    return ImageFile.is(file) ? ImageFile.read(file, input, normalisation) : plain(file);
  }

  /** The tensor in a file that is no image. */
  static NumericTensor plain(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      return NumpyFile.read(file);
    }
    if (name.endsWith(".pb")) {
      return OnnxTensors.file(file);
    }
    throw error(file, "is of no kind that is read here; expected .npy or .pb");
  }

  private List<String> inputs() {
    return graph.inputs().stream().map(OnnxGraph.Input::name).toList();
  }

  /** {@code input_0.pb} and so on, as ONNX keeps test data; the number is that of the name. */
  static SequencedMap<String, NumericTensor> numberedFiles(
      Path folder, String what, List<String> names) {
    var tensors = new LinkedHashMap<String, NumericTensor>();
    for (Path f : list(folder)) {
      int number = numbered(f, what);
      if (number >= names.size()) {
        throw error(f, "is for %s %d; the network has %d".formatted(what, number, names.size()));
      }
      if (number >= 0) {
        tensors.put(names.get(number), plain(f));
      }
    }
    return tensors;
  }

  private static int numbered(Path file, String what) {
    Matcher m = NUMBERED.matcher(String.valueOf(file.getFileName()));
    return m.matches() && m.group(1).equals(what) ? Integer.parseInt(m.group(2)) : -1;
  }

  private List<Source> file(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npz")) {
      return List.of(new Source(file.toString(), () -> NumpyFile.archive(file)));
    }
    if (!isTensor(file)) {
      throw error(file, "is of no kind that is read here; expected " + KINDS);
    }
    if (graph.inputs().size() != 1) {
      throw new InvalidSpecException(
          "%s is one tensor, but the network has the inputs %s; expected NAME=%s for each, a .npz, or a folder with input_0.pb and so on"
              .formatted(file, String.join(", ", inputs()), file));
    }
    OnnxGraph.Input only = graph.inputs().getFirst();
    return batches(file, only);
  }

  /** An array of many images for a network that takes one at a time is as many samples. */
  private List<Source> batches(Path file, OnnxGraph.Input input) {
    if (ImageFile.is(file)) {
      return List.of(new Source(file.toString(), () -> Map.of(input.name(), tensor(file, input))));
    }
    NumericTensor whole = tensor(file, input);
    long batch = input.dimensions().isEmpty() ? 0 : input.dimensions().getFirst().orElse(0);
    boolean sameRank = whole.shape().size() == input.dimensions().size();
    if (batch == 0 || !sameRank || whole.shape().getFirst() % batch != 0) {
      return List.of(new Source(file.toString(), () -> Map.of(input.name(), whole)));
    }
    List<Source> samples = new ArrayList<>();
    for (long from = 0; from < whole.shape().getFirst(); from += batch) {
      long start = from;
      samples.add(
          new Source(file.toString(), () -> Map.of(input.name(), whole.slice(start, batch))));
    }
    return samples;
  }

  private static boolean isTensor(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".npy")
        || name.endsWith(".npz")
        || (name.endsWith(".pb") && !name.startsWith("output_"))
        || ImageFile.is(file);
  }

  /** By name, so that the order is the same everywhere. */
  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new InputException(
          Position.of(folder.toString()), "cannot be read: " + e.getMessage(), "", e);
    }
  }

  private static InputException error(Path file, String problem) {
    return new InputException(Position.of(file.toString()), problem, "", null);
  }
}
