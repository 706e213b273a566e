package org.einloom.io.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.einloom.io.onnx.OnnxGraph;
import org.einloom.profile.NumericTensor;
import org.einloom.workload.Counted;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Spelling;

/**
 * Puts together what a network is run on, as the command line says.
 *
 * @param graph the network
 * @param given files, folders, {@code NAME=FILE} or {@code NAME=NUMBER}
 * @param seed for what is not given; empty if everything has to be
 * @param randomSamples how many samples there are, if no file says so
 * @param limit random whole numbers are below it
 * @param extents of what the network leaves open, by name, for numbers and random values
 * @param normalisation of images
 */
public record SampleReader(
    OnnxGraph graph,
    List<String> given,
    OptionalLong seed,
    int randomSamples,
    long limit,
    Map<String, Long> extents,
    Normalisation normalisation) {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d{1,3})?");

  /**
   * The samples, the first of which is checked.
   *
   * @throws InvalidSpecException if something is missing, or fits no input
   */
  public Samples read() {
    var files = new SampleFiles(graph, normalisation);
    List<SampleFiles.Source> sources = new ArrayList<>();
    Map<String, NumericTensor> fixed = new LinkedHashMap<>();
    List<String> said = new ArrayList<>();
    for (String argument : given) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? "" : argument.substring(0, equals);
      boolean named = equals > 0 && graph.inputs().stream().anyMatch(i -> i.name().equals(name));
      if (equals > 0 && !named && !java.nio.file.Files.exists(Path.of(argument))) {
        throw unknown(argument, name);
      }
      if (named) {
        String value = argument.substring(equals + 1);
        fixed.put(name, fixed(files, input(name), value));
        said.add(name + " from " + last(value));
      } else {
        sources.addAll(files.samples(Path.of(argument)));
        said.add(last(argument));
      }
    }
    return samples(sources, fixed, said);
  }

  private Samples samples(
      List<SampleFiles.Source> sources, Map<String, NumericTensor> fixed, List<String> said) {
    Map<String, NumericTensor> first =
        sources.isEmpty() ? Map.of() : sources.getFirst().read().get();
    List<OnnxGraph.Input> missing =
        graph.inputs().stream()
            .filter(i -> !first.containsKey(i.name()) && !fixed.containsKey(i.name()))
            .toList();
    boolean random = seed.isPresent() && !missing.isEmpty();
    if (!random && !missing.isEmpty() && given.isEmpty()) {
      throw new InvalidSpecException(
          "nothing to run the network on: give --inputs for %s, or --random SEED"
              .formatted(missing.stream().map(OnnxGraph.Input::name).toList()));
    }
    int count = sources.isEmpty() ? (random ? randomSamples : 1) : sources.size();
    if (random) {
      List<String> names = missing.stream().map(OnnxGraph.Input::name).toList();
      boolean all = names.size() == graph.inputs().size();
      said.add(
          "random values, seed "
              + seed.getAsLong()
              + (all ? "" : ", as " + String.join(", ", names)));
    }
    String description = Counted.of(count, "sample") + ": " + String.join("; ", said);
    List<OnnxGraph.Input> drawn = random ? missing : List.of();
    var samples =
        new Samples() {
          @Override
          public int count() {
            return count;
          }

          @Override
          public Map<String, NumericTensor> get(int index) {
            Map<String, NumericTensor> sample = new TreeMap<>(fixed);
            String where = "the sample";
            if (!sources.isEmpty()) {
              sample.putAll(index == 0 ? first : sources.get(index).read().get());
              where = sources.get(index).where();
            }
            for (OnnxGraph.Input i : drawn) {
              sample.put(i.name(), random(i, index));
            }
            InputCheck.check(graph, sample, where);
            return sample;
          }

          @Override
          public String description() {
            return description;
          }
        };
    samples.get(0);
    return samples;
  }

  private NumericTensor random(OnnxGraph.Input input, int sample) {
    return RandomInput.of(
        input
            .type()
            .orElseThrow(
                () -> new InvalidSpecException("input '" + input.name() + "' takes no numbers")),
        shape(input),
        seed.orElseThrow(),
        sample,
        graph.inputs().indexOf(input),
        limit);
  }

  /** The extents of an input, the open ones as they were given. */
  private List<Long> shape(OnnxGraph.Input input) {
    List<Long> shape = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < input.dimensions().size(); i++) {
      OptionalLong known = input.dimensions().get(i);
      String symbol = input.symbols().get(i);
      Long extent = known.isPresent() ? Long.valueOf(known.getAsLong()) : extents.get(symbol);
      if (extent == null) {
        extent = extents.get(input.name() + ":" + i);
      }
      if (extent == null && i == 0) {
        extent = extents.get("batch");
      }
      if (extent == null) {
        missing.add("--dim " + (symbol.isEmpty() ? input.name() + ":" + i : symbol) + "=N");
      } else {
        shape.add(extent);
      }
    }
    if (!missing.isEmpty()) {
      throw new InvalidSpecException(
          "input '%s' is %s; add %s"
              .formatted(input.name(), InputCheck.shown(input), String.join(" ", missing)));
    }
    return shape;
  }

  private NumericTensor fixed(SampleFiles files, OnnxGraph.Input input, String value) {
    if (!NUMBER.matcher(value).matches()) {
      return files.tensor(Path.of(value), input);
    }
    List<Long> shape = shape(input);
    NumericTensor.NumberType type =
        input
            .type()
            .orElseThrow(
                () -> new InvalidSpecException("input '" + input.name() + "' takes no numbers"));
    int size = Math.toIntExact(NumericTensor.elements(shape));
    double number = Double.parseDouble(value);
    if (type.integral() && number != Math.rint(number)) {
      throw new InvalidSpecException(
          "input '%s' is %s; expected a whole number, not %s"
              .formatted(input.name(), type.label(), value));
    }
    NumericTensor.Elements elements;
    if (type.integral()) {
      long[] all = new long[size];
      java.util.Arrays.fill(all, (long) number);
      elements = new NumericTensor.Longs(all);
    } else if (type == NumericTensor.NumberType.FLOAT64) {
      double[] all = new double[size];
      java.util.Arrays.fill(all, number);
      elements = new NumericTensor.Doubles(all);
    } else {
      float[] all = new float[size];
      java.util.Arrays.fill(all, (float) number);
      elements = new NumericTensor.Floats(all);
    }
    return new NumericTensor(type, shape, elements);
  }

  /** The same wherever the files lie. */
  private static String last(String path) {
    return String.valueOf(Path.of(path).normalize().getFileName());
  }

  private OnnxGraph.Input input(String name) {
    return graph.inputs().stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow();
  }

  private InvalidSpecException unknown(String argument, String name) {
    List<String> names = graph.inputs().stream().map(OnnxGraph.Input::name).toList();
    return new InvalidSpecException(
        "--inputs %s: the network has no input '%s'; expected %s%s"
            .formatted(
                argument,
                name,
                String.join(", ", names),
                Spelling.nearest(name, names).map(n -> "; did you mean '" + n + "'?").orElse("")));
  }
}
