package org.einloom.io.timeloop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.TimeloopProblem.DataSpace;
import org.einloom.io.timeloop.TimeloopProblem.Flattened;
import org.einloom.io.timeloop.TimeloopProblem.Term;
import org.einloom.io.yaml.Fields;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;
import org.einloom.io.yaml.YamlNode.Mapping;
import org.einloom.io.yaml.YamlNode.Scalar;

/** Reads {@code problem:}, a shape and an instance. */
final class ProblemReader {
  private static final String INSTANCE = "instance";
  private static final String DENSITIES = "densities";

  /** One density for all tensors; where it stands Timeloop does not look at {@code densities}. */
  private static final String COMMON_DENSITY = "commonDensity";

  private static final List<String> SHAPE =
      List.of(
          "name", "dimensions", "coefficients", "data_spaces", "flatten", "data-spaces", "version");

  /** Larger coefficients are a mistake, and would overflow elsewhere. */
  private static final long MOST_COEFFICIENT = 1L << 31;

  private final List<Remark> remarks;
  private final SequencedMap<String, Long> coefficients = new LinkedHashMap<>();
  private final SequencedMap<String, Long> extents = new LinkedHashMap<>();
  private Optional<Section> densities = Optional.empty();

  private ProblemReader(List<Remark> remarks) {
    this.remarks = remarks;
  }

  static TimeloopProblem read(YamlNode node, List<Remark> remarks) {
    return new ProblemReader(remarks).read(node);
  }

  private TimeloopProblem read(YamlNode node) {
    Fields fields = Fields.of(node, "'problem'", List.of("version", "shape", INSTANCE));
    YamlNode shapeNode =
        fields.required(
            "shape", "shape: {name: matmul, dimensions: [M, K, N], data_spaces: [...]}");
    if (shapeNode instanceof Scalar s) {
      throw s.at()
          .error(
              "'shape' is the name " + Words.quote(s.value()),
              "expected the shape itself, with dimensions and data_spaces");
    }
    Fields shape = Fields.of(shapeNode, "'shape'", SHAPE);
    String name = shape.optional("name").map(n -> Values.name(n, "name")).orElse("problem");
    Set<String> dimensions = dimensions(shape);
    Map<String, YamlNode> given =
        new LinkedHashMap<>(instance(fields.required(INSTANCE, "instance: {M: 16}")));
    given.remove(DENSITIES);
    given.remove(COMMON_DENSITY);
    readCoefficients(shape, given);
    for (String d : dimensions) {
      YamlNode extent = given.remove(d);
      if (extent == null) {
        throw fields
            .keyAt(INSTANCE)
            .error(
                "'instance' does not say how large dimension '" + d + "' is",
                "expected '" + d + ": 16'");
      }
      extents.put(d, Values.integer(extent, d, 1, Long.MAX_VALUE));
    }
    for (Map.Entry<String, YamlNode> e : given.entrySet()) {
      Set<String> known = new HashSet<>(dimensions);
      known.addAll(coefficients.keySet());
      String near = Words.didYouMean(e.getKey(), known);
      remarks.add(
          new Remark(
              e.getValue().at(),
              "'instance' names %s, which is no dimension or coefficient and has no meaning"
                      .formatted(Words.quote(e.getKey()))
                  + (near.isEmpty() ? "" : "; " + near)));
    }
    return new TimeloopProblem(
        name,
        extents,
        flattened(shape, dimensions),
        dataSpaces(shape, dimensions),
        densities,
        node.at());
  }

  private static Set<String> dimensions(Fields shape) {
    YamlNode list = shape.required("dimensions", "dimensions: [M, K, N]");
    Set<String> names = new java.util.LinkedHashSet<>();
    for (YamlNode item : Values.list(list, "dimensions", "expected a list of names")) {
      if (!names.add(Values.name(item, "dimensions"))) {
        throw item.at()
            .error(
                Words.quote(Values.name(item, "dimensions")) + " is listed twice in 'dimensions'");
      }
    }
    if (names.isEmpty()) {
      throw list.at().error("'dimensions' is empty", "expected at least one");
    }
    return names;
  }

  private SequencedMap<String, YamlNode> instance(YamlNode node) {
    var values = new LinkedHashMap<String, YamlNode>();
    Values.entries(node, INSTANCE, "expected dimensions with their sizes")
        .forEach(
            (key, value) -> {
              values.put(key.value(), value);
              boolean common = key.value().equals(COMMON_DENSITY);
              if (common || (key.value().equals(DENSITIES) && !isCommon())) {
                if (common) {
                  densities.ifPresent(d -> remarks.add(unseen(d.at())));
                }
                densities = Optional.of(new Section(key.value(), key.at(), value));
              } else if (key.value().equals(DENSITIES)) {
                remarks.add(unseen(key.at()));
              }
            });
    return values;
  }

  private boolean isCommon() {
    return densities.map(d -> d.key().equals(COMMON_DENSITY)).orElse(false);
  }

  private static Remark unseen(Position at) {
    return new Remark(
        at, "'densities' mean nothing to Timeloop beside 'commonDensity', which all tensors have");
  }

  private void readCoefficients(Fields shape, Map<String, YamlNode> given) {
    Optional<YamlNode> list = shape.optional("coefficients");
    if (list.isEmpty()) {
      return;
    }
    for (YamlNode item :
        Values.list(list.get(), "coefficients", "expected a list of coefficients")) {
      Fields fields = Fields.of(item, "a coefficient", List.of("name", "default"));
      String name = Values.name(fields.required("name", "name: Wstride"), "name");
      YamlNode value = given.remove(name);
      if (value == null) {
        value = fields.required("default", "default: 1");
      }
      coefficients.put(name, Values.integer(value, name, 1, MOST_COEFFICIENT));
    }
  }

  private static List<Flattened> flattened(Fields shape, Set<String> dimensions) {
    List<Flattened> flattened = new ArrayList<>();
    Optional<YamlNode> list = shape.optional("flatten");
    if (list.isEmpty()) {
      return flattened;
    }
    Set<String> used = new HashSet<>();
    for (YamlNode item : Values.list(list.get(), "flatten", "expected a list")) {
      Fields fields = Fields.of(item, "an entry of 'flatten'", List.of("name", "dimensions"));
      YamlNode nameNode = fields.required("name", "name: F");
      String name = Values.name(nameNode, "name");
      if (dimensions.contains(name) || flattened.stream().anyMatch(f -> f.name().equals(name))) {
        throw nameNode.at().error(Words.quote(name) + " names two dimensions");
      }
      List<String> parts = new ArrayList<>();
      for (YamlNode d :
          Values.list(
              fields.required("dimensions", "dimensions: [M, K]"),
              "dimensions",
              "expected a list")) {
        String part = Values.name(d, "dimensions");
        if (!dimensions.contains(part)) {
          throw unknownDimension(d, part, dimensions);
        }
        if (!used.add(part)) {
          throw d.at().error(Words.quote(part) + " is flattened twice");
        }
        parts.add(part);
      }
      flattened.add(new Flattened(name, parts, nameNode.at()));
    }
    return flattened;
  }

  private List<DataSpace> dataSpaces(Fields shape, Set<String> dimensions) {
    String key = shape.optional("data-spaces").isPresent() ? "data-spaces" : "data_spaces";
    YamlNode list = shape.required(key, "data_spaces: [{name: A, projection: [[[M]], [[K]]]}]");
    List<DataSpace> spaces = new ArrayList<>();
    for (YamlNode item : Values.list(list, key, "expected a list of tensors")) {
      Fields fields =
          Fields.of(
              item, "a data space", List.of("name", "projection", "read_write", "read-write"));
      YamlNode nameNode = fields.required("name", "name: A");
      String name = Values.name(nameNode, "name");
      if (spaces.stream().anyMatch(s -> s.name().equals(name))) {
        throw nameNode.at().error("a second data space named " + Words.quote(name));
      }
      boolean readWrite =
          fields
              .optional("read_write")
              .or(() -> fields.optional("read-write"))
              .map(ProblemReader::flag)
              .orElse(false);
      List<List<Term>> ranks = new ArrayList<>();
      YamlNode projection = fields.required("projection", "projection: [[[M]], [[K]]]");
      for (YamlNode rank : Values.list(projection, "projection", "expected a list of ranks")) {
        ranks.add(rank(rank, dimensions));
      }
      spaces.add(new DataSpace(name, ranks, readWrite, nameNode.at()));
    }
    long written = spaces.stream().filter(DataSpace::readWrite).count();
    if (written != 1) {
      throw list.at()
          .error(
              written + " data spaces are written", "expected exactly one with 'read_write: true'");
    }
    if (spaces.size() < 2) {
      throw list.at().error("no data space is read", "expected at least one without 'read_write'");
    }
    return spaces;
  }

  private static boolean flag(YamlNode node) {
    String text = Values.scalar(node, "read_write", "expected true or false").value();
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw node.at().error("'read_write' is " + Words.quote(text), "expected true or false");
    };
  }

  /** A rank: a dimension, or a sum of products, each a list of a dimension and a coefficient. */
  private List<Term> rank(YamlNode node, Set<String> dimensions) {
    if (node instanceof Scalar s) {
      return List.of(new Term(dimension(s, dimensions), 1, ""));
    }
    if (node instanceof Mapping) {
      throw node.at()
          .error("a rank is " + node.kind(), "expected a list such as [[P], [R, Wdilation]]");
    }
    List<Term> terms = new ArrayList<>();
    for (YamlNode item : Values.list(node, "projection", "expected a sum of products")) {
      List<YamlNode> parts =
          item instanceof Scalar
              ? List.of(item)
              : Values.list(item, "projection", "expected a dimension and a coefficient");
      if (parts.isEmpty() || parts.size() > 2) {
        throw item.at()
            .error(
                "a product has " + parts.size() + " factors",
                "expected a dimension, or a dimension and a coefficient: [P, Wstride]");
      }
      String dimension = dimension(parts.getFirst(), dimensions);
      if (terms.stream().anyMatch(t -> t.dimension().equals(dimension))) {
        throw item.at().error(Words.quote(dimension) + " occurs twice in one rank");
      }
      if (parts.size() == 1) {
        terms.add(new Term(dimension, 1, ""));
      } else {
        String name = Values.name(parts.get(1), "projection");
        Long value = coefficients.get(name);
        if (value == null) {
          throw parts
              .get(1)
              .at()
              .error(
                  "unknown coefficient " + Words.quote(name),
                  "expected " + Words.list(coefficients.keySet()),
                  Words.didYouMean(name, coefficients.keySet()));
        }
        terms.add(new Term(dimension, value, name));
      }
    }
    return terms;
  }

  private static String dimension(YamlNode node, Set<String> dimensions) {
    String name = Values.name(node, "projection");
    if (!dimensions.contains(name)) {
      throw unknownDimension(node, name, dimensions);
    }
    return name;
  }

  private static org.einloom.io.input.InputException unknownDimension(
      YamlNode node, String name, Set<String> dimensions) {
    return node.at()
        .error(
            "unknown dimension " + Words.quote(name),
            "expected " + Words.list(dimensions),
            Words.didYouMean(name, dimensions));
  }
}
