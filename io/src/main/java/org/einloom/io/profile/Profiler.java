package org.einloom.io.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import org.einloom.io.input.InputException;
import org.einloom.io.onnx.Coverage;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.io.onnx.OnnxOptions;
import org.einloom.io.onnx.OnnxReader;
import org.einloom.io.onnx.OnnxTensors;
import org.einloom.profile.BitFormat;
import org.einloom.profile.Measurement;
import org.einloom.profile.NumericTensor;
import org.einloom.profile.Profile;
import org.einloom.profile.TensorProfile;
import org.einloom.workload.Counted;
import org.einloom.workload.InvalidSpecException;

/**
 * Measures the values of a network: its constants from the file, everything else by running it
 * twice on each sample, as histograms and scales need the range first. What a run yields is held in
 * memory at once; where that would be more than is allowed, the network is run again for the rest.
 *
 * @param formats in which words are looked at, no two of one width
 * @param bins of histograms
 * @param memoryBytes that the values of one run may take, each alone excepted
 */
public record Profiler(List<BitFormat> formats, int bins, long memoryBytes) {
  /** Taken for the size of a value whose shape is known only when it is computed. */
  private static final long UNKNOWN_ELEMENTS = 1 << 20;

  private static final int LARGEST_ELEMENT = 8;

  public Profiler {
    formats = List.copyOf(formats);
    Set<Integer> widths = new LinkedHashSet<>();
    for (BitFormat f : formats) {
      if (!widths.add(f.bits())) {
        throw new InvalidSpecException(
            "two formats of %d b, of which one is %s; expected one for each width, as designs name widths alone"
                .formatted(f.bits(), f.name()));
      }
    }
  }

  /**
   * What was measured, and what could not be.
   *
   * @param notes one line each
   */
  public record Result(Profile profile, List<String> notes) {
    public Result {
      notes = List.copyOf(notes);
    }
  }

  /**
   * The constants alone, without a run.
   *
   * @param extents of what the model leaves open, by name, as its layers cannot be told without
   */
  public Result weights(OnnxGraph graph, Map<String, Long> extents) {
    List<String> notes = new ArrayList<>();
    Map<String, TensorProfile> tensors = new LinkedHashMap<>();
    constants(graph, tensors, notes);
    return result(
        graph,
        "nothing: weights alone",
        List.of(layers(OptionalLong.empty(), extents), layers(OptionalLong.of(1), extents)),
        tensors,
        notes);
  }

  private static OnnxOptions layers(OptionalLong batch, Map<String, Long> extents) {
    return new OnnxOptions(batch).withDimensions(extents).withCoverage(Coverage.ALL);
  }

  /** Everything that the runs and the file show. */
  public Result run(OnnxGraph graph, Samples samples, ModelRunner runner) {
    List<String> notes = new ArrayList<>();
    Map<String, TensorProfile> tensors = new LinkedHashMap<>();
    constants(graph, tensors, notes);
    Map<String, NumericTensor> first = samples.get(0);
    measure(
        graph.inputs().stream().map(OnnxGraph.Input::name).toList(),
        samples,
        (inputs, taker) -> inputs.forEach(taker),
        tensors);
    Map<String, Long> extents = InputCheck.check(graph, first, "the first sample");
    values(graph, samples, runner, extents, tensors, notes);
    OnnxOptions options = OnnxOptions.DEFAULT.withCoverage(Coverage.ALL);
    for (Map.Entry<String, NumericTensor> e : first.entrySet()) {
      List<Long> shape = e.getValue().shape();
      if (!shape.isEmpty() && !shape.contains(0L)) {
        options =
            options.withShape(e.getKey(), shape.stream().mapToLong(Long::longValue).toArray());
      }
    }
    return result(graph, samples.description(), List.of(options), tensors, notes);
  }

  private void constants(OnnxGraph graph, Map<String, TensorProfile> tensors, List<String> notes) {
    var measurements = new LinkedHashMap<String, Measurement>();
    int others =
        OnnxTensors.constants(
            graph.file(),
            (name, t) -> {
              var m = new Measurement(formats, bins);
              m.range(t);
              m.detail(t);
              if (!m.isEmpty()) {
                measurements.put(name, m);
              }
            });
    measurements.forEach((name, m) -> tensors.put(name, m.profile(name, true)));
    if (others > 0) {
      notes.add(
          "not measured: " + Counted.of(others, "constant") + " without numbers of 8 bits or more");
    }
  }

  /** Hands over the values of one sample. */
  private interface Source {
    void values(Map<String, NumericTensor> inputs, BiConsumer<String, NumericTensor> taker);
  }

  private void measure(
      List<String> names, Samples samples, Source source, Map<String, TensorProfile> tensors) {
    var measurements = new LinkedHashMap<String, Measurement>();
    names.forEach(n -> measurements.put(n, new Measurement(formats, bins)));
    for (int i = 0; i < samples.count(); i++) {
      source.values(samples.get(i), (name, t) -> of(measurements, name).range(t));
    }
    for (int i = 0; i < samples.count(); i++) {
      source.values(samples.get(i), (name, t) -> of(measurements, name).detail(t));
    }
    measurements.forEach(
        (name, m) -> {
          if (!m.isEmpty()) {
            tensors.put(name, m.profile(name, false));
          }
        });
  }

  private static Measurement of(Map<String, Measurement> measurements, String name) {
    return Optional.ofNullable(measurements.get(name)).orElseThrow();
  }

  private void values(
      OnnxGraph graph,
      Samples samples,
      ModelRunner runner,
      Map<String, Long> extents,
      Map<String, TensorProfile> tensors,
      List<String> notes) {
    if (graph.nested() > 0) {
      notes.add(
          "run, but not measured: "
              + Counted.of(graph.nested(), "node")
              + " inside of others (If, Loop, Scan)");
    }
    List<List<String>> chunks;
    try (var all = runner.open(graph, further(graph, graph.values()), extents, true)) {
      SequencedMap<String, Optional<List<Long>>> results = all.results();
      List<String> numbers = graph.values().stream().filter(results::containsKey).toList();
      if (numbers.size() < graph.values().size()) {
        notes.add(
            "not measured: "
                + Counted.of(graph.values().size() - numbers.size(), "value")
                + " that "
                + (graph.values().size() - numbers.size() == 1 ? "is no tensor" : "are no tensors")
                + " of numbers");
      }
      chunks = chunks(numbers, results);
      if (chunks.size() == 1) {
        measure(numbers, samples, (in, taker) -> all.run(in, numbers, taker), tensors);
        return;
      }
    }
    for (List<String> chunk : chunks) {
      try (var some = runner.open(graph, further(graph, chunk), extents, true)) {
        measure(chunk, samples, (in, taker) -> some.run(in, chunk, taker), tensors);
      }
    }
    notes.add("run in " + chunks.size() + " parts, so that the values fit into memory");
  }

  private static List<String> further(OnnxGraph graph, List<String> names) {
    return names.stream().filter(n -> !graph.outputs().contains(n)).toList();
  }

  private List<List<String>> chunks(List<String> names, Map<String, Optional<List<Long>>> results) {
    List<List<String>> chunks = new ArrayList<>();
    List<String> chunk = new ArrayList<>();
    long bytes = 0;
    for (String name : names) {
      long size =
          LARGEST_ELEMENT
              * Optional.ofNullable(results.get(name))
                  .orElseThrow()
                  .map(NumericTensor::elements)
                  .orElse(UNKNOWN_ELEMENTS);
      if (!chunk.isEmpty() && bytes + size > memoryBytes) {
        chunks.add(chunk);
        chunk = new ArrayList<>();
        bytes = 0;
      }
      chunk.add(name);
      bytes += size;
    }
    chunks.add(chunk);
    return chunks;
  }

  /** The layers with the first options that they can be read with: names do not depend on them. */
  private static Result result(
      OnnxGraph graph,
      String inputs,
      List<OnnxOptions> options,
      Map<String, TensorProfile> tensors,
      List<String> notes) {
    SequencedMap<String, SequencedMap<String, String>> layers = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (OnnxOptions o : options) {
      try {
        layers = graph.layers(OnnxReader.read(graph.file(), o));
        problems.clear();
        break;
      } catch (InputException e) {
        problems.add(e.getMessage());
      }
    }
    problems.stream().limit(1).forEach(p -> notes.add("no layers to give the values to: " + p));
    SequencedMap<String, String> same = graph.sameElements();
    layers.values().forEach(l -> l.replaceAll((t, v) -> measured(v, tensors, same)));
    layers.values().forEach(l -> l.values().removeIf(v -> !tensors.containsKey(v)));
    layers.values().removeIf(SequencedMap::isEmpty);
    return new Result(
        new Profile(
            String.valueOf(graph.file().getFileName()),
            inputs,
            new LinkedHashMap<>(tensors),
            layers),
        notes);
  }

  /** The value itself, or one with the same elements that was measured. */
  private static String measured(
      String value, Map<String, TensorProfile> tensors, Map<String, String> same) {
    return tensors.containsKey(value) ? value : same.getOrDefault(value, value);
  }
}
