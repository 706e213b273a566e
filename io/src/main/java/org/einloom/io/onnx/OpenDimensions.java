package org.einloom.io.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import onnx.Onnx.GraphProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.ValueInfoProto;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;

/**
 * The extents that were asked for by name, at the dimensions of the graph's inputs that they are
 * for. A name is one that the file gives a dimension ({@code dim_param}), or an input and an axis.
 */
final class OpenDimensions {
  private static final String BATCH = "batch";
  private static final Pattern SHELL_WORD = Pattern.compile("[\\w:./=@%+,-]+");
  private static final Pattern PLACE = Pattern.compile("(.+):(-?\\d{1,4})");

  private final List<ValueInfoProto> inputs;

  /** Where each dimension that has a name stands. */
  private final Map<String, List<Place>> named = new LinkedHashMap<>();

  private final Map<Place, Long> extents = new HashMap<>();

  /** One axis of one graph input. */
  record Place(String input, int axis) {
    String shown() {
      return "axis " + axis + " of '" + Words.printable(input) + "'";
    }
  }

  private OpenDimensions(GraphProto graph) {
    Set<String> initialisers =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    inputs =
        graph.getInputList().stream().filter(i -> !initialisers.contains(i.getName())).toList();
    for (ValueInfoProto input : inputs) {
      List<Dimension> dimensions = dimensions(input);
      for (int axis = 0; axis < dimensions.size(); axis++) {
        String name = dimensions.get(axis).getDimParam();
        if (!name.isEmpty()) {
          named.computeIfAbsent(name, n -> new ArrayList<>()).add(new Place(input.getName(), axis));
        }
      }
    }
  }

  /**
   * What the options ask of the inputs of the graph.
   *
   * @throws InvalidSpecException if a name is that of no dimension, or two say different things of
   *     one
   */
  static OpenDimensions of(GraphProto graph, OnnxOptions options) {
    var open = new OpenDimensions(graph);
    new TreeMap<>(options.dimensions()).forEach(open::ask);
    return open;
  }

  /**
   * The same options, with {@code batch} as the batch size where no dimension of the graph is
   * called so.
   */
  static OnnxOptions withBatch(GraphProto graph, OnnxOptions options) {
    Long asked = options.dimensions().get(BATCH);
    if (asked == null || new OpenDimensions(graph).named.containsKey(BATCH)) {
      return options;
    }
    if (options.batch().isPresent() && options.batch().getAsLong() != asked) {
      throw twoBatches(options.batch().getAsLong(), BATCH, asked);
    }
    return options.withoutDimension(BATCH).withBatch(OptionalLong.of(asked));
  }

  /** The complaint about a batch size that is given twice. */
  static InvalidSpecException twoBatches(long batch, String name, long asked) {
    return new InvalidSpecException(
        "--batch is %d and %s is the batch size, too; give one of them"
            .formatted(batch, option(name, Long.toString(asked))));
  }

  /** The names asked for that are those of a batch: by what they say and where they stand. */
  static List<String> batches(GraphProto graph, OnnxOptions options) {
    var open = new OpenDimensions(graph);
    return options.dimensions().keySet().stream()
        .filter(n -> n.toLowerCase(Locale.ROOT).contains(BATCH) || n.equals("N"))
        .filter(n -> open.named.containsKey(n))
        .filter(n -> open.places(n).stream().allMatch(p -> p.axis() == 0))
        .sorted()
        .toList();
  }

  static List<Dimension> dimensions(ValueInfoProto info) {
    return info.getType().getTensorType().getShape().getDimList();
  }

  private void ask(String name, long extent) {
    List<Place> places = named.get(name);
    if (places == null) {
      places = List.of(place(name));
      // The dimension may have a name, which then means this extent wherever it stands.
      for (List<Place> same : named.values()) {
        if (same.contains(places.get(0))) {
          places = same;
        }
      }
    }
    for (Place place : places) {
      Long other = extents.put(place, extent);
      if (other != null && other != extent) {
        throw new InvalidSpecException(
            place.shown() + " is given the extents " + other + " and " + extent);
      }
    }
  }

  private List<Place> places(String name) {
    return named.getOrDefault(name, List.of());
  }

  private Place place(String name) {
    Matcher place = PLACE.matcher(name);
    if (place.matches()) {
      for (ValueInfoProto input : inputs) {
        if (input.getName().equals(place.group(1))) {
          int axis = Integer.parseInt(place.group(2));
          // An input that says nothing of its shape has the ranks that are asked for.
          return input.getType().getTensorType().hasShape()
              ? new Place(input.getName(), axis(name, axis, dimensions(input).size()))
              : new Place(input.getName(), axis(name, axis, Math.abs(axis) + 1));
        }
      }
    }
    throw new InvalidSpecException(
        "no dimension of a graph input is called "
            + Words.quote(name)
            + "; "
            + known()
            + (place.matches() ? guess(place.group(1), inputNames()) : guess(name, names())));
  }

  private static int axis(String name, int axis, int rank) {
    try {
      return Shape.axis(axis, rank);
    } catch (InvalidSpecException e) {
      throw new InvalidSpecException("dimension " + Words.quote(name) + ": " + e.getMessage(), e);
    }
  }

  private static String guess(String given, List<String> known) {
    String guess = Words.didYouMean(given, known);
    return guess.isEmpty() ? "" : "; " + guess;
  }

  private List<String> inputNames() {
    return inputs.stream().map(ValueInfoProto::getName).toList();
  }

  private List<String> names() {
    return List.copyOf(named.keySet());
  }

  private String known() {
    String others = "others are INPUT:AXIS, of the inputs " + Words.list(inputNames());
    return named.isEmpty()
        ? "none has a name; they are INPUT:AXIS, of the inputs " + Words.list(inputNames())
        : "those with a name are " + Words.list(names()) + ", " + others;
  }

  /** The extent asked for there; 0 if none was. */
  long extent(String input, int axis) {
    return extents.getOrDefault(new Place(input, axis), 0L);
  }

  /** How many ranks are asked for in an input that says nothing of its shape. */
  int ranks(String input) {
    return extents.keySet().stream()
        .filter(p -> p.input().equals(input))
        .mapToInt(p -> p.axis() + 1)
        .max()
        .orElse(0);
  }

  /** The complaint about dimensions without an extent: all of them, and how to give them one. */
  InvalidSpecException missing(List<Place> open) {
    var shown = new LinkedHashSet<String>();
    var asked = new LinkedHashSet<String>();
    for (Place place : open) {
      String name =
          named.entrySet().stream()
              .filter(e -> e.getValue().contains(place))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse("");
      if (name.isEmpty()) {
        shown.add(place.shown());
        asked.add(option(place.input() + ":" + place.axis(), "N"));
      } else {
        shown.add("'" + Words.printable(name) + "' (" + shownPlaces(places(name)) + ")");
        asked.add(option(name, "N"));
      }
    }
    return new InvalidSpecException(
        "its inputs have dimensions without a fixed extent: "
            + String.join(", ", shown)
            + "; give "
            + (asked.size() == 1 ? "it" : "each")
            + " one: "
            + String.join(" ", asked));
  }

  /** What gives it an extent, in quotes where a shell would take it for several words. */
  private static String option(String name, String extent) {
    String argument = Words.printable(name) + "=" + extent;
    return "--dim "
        + (SHELL_WORD.matcher(argument).matches()
            ? argument
            : "'" + argument.replace("'", "'\\''") + "'");
  }

  private static String shownPlaces(List<Place> places) {
    return places.stream().map(Place::shown).collect(Collectors.joining(", "));
  }
}
