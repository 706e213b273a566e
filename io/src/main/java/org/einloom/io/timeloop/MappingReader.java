package org.einloom.io.timeloop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.Directive.Bypass;
import org.einloom.io.timeloop.Directive.Factor;
import org.einloom.io.timeloop.Directive.Loops;
import org.einloom.io.timeloop.Directive.Skew;
import org.einloom.io.timeloop.Directive.SkewTerm;
import org.einloom.io.yaml.Fields;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;

/** Reads {@code mapping:}, a list of directives. */
final class MappingReader {
  private static final String TARGET = "target";
  private static final String TYPE = "type";
  private static final List<String> TYPES =
      List.of("temporal", "spatial", "bypass", "datatype", "skew");
  private static final List<String> LOOPS =
      List.of(
          TARGET,
          TYPE,
          "permutation",
          "factors",
          "no_reuse",
          "no_multicast_no_reduction",
          "no_link_transfer",
          "no_temporal_reuse",
          "rmw_first_update",
          "split");

  private MappingReader() {}

  static TimeloopMapping read(YamlNode node) {
    List<Directive> directives = new ArrayList<>();
    for (YamlNode item : Values.list(node, "mapping", "expected a list of directives")) {
      directives.add(directive(item));
    }
    if (directives.isEmpty()) {
      throw node.at().error("'mapping' is empty", "expected a directive for each level");
    }
    return new TimeloopMapping(directives, node.at());
  }

  private static Directive directive(YamlNode item) {
    if (!(item instanceof YamlNode.Mapping mapping)) {
      throw item.at()
          .error("a directive is " + item.kind(), "expected the keys target, type, factors, ...");
    }
    YamlNode typeNode =
        mapping.entries().stream()
            .filter(e -> e.key().value().equals(TYPE))
            .map(YamlNode.Entry::value)
            .findFirst()
            .orElseThrow(
                () ->
                    item.at()
                        .error("a directive has no key 'type'", "expected " + Words.list(TYPES)));
    String type = Values.scalar(typeNode, TYPE, "expected " + Words.list(TYPES)).value();
    return switch (type) {
      case "temporal", "spatial" -> loops(item, type.equals("spatial"));
      case "bypass", "datatype", "dataspace" -> {
        Fields fields =
            Fields.of(
                item,
                "a directive of type '" + type + "'",
                List.of(TARGET, TYPE, "keep", "bypass"));
        yield new Bypass(target(fields), names(fields, "keep"), names(fields, "bypass"), item.at());
      }
      case "skew" -> skew(item);
      default ->
          throw typeNode
              .at()
              .error(
                  "unknown type " + Words.quote(type) + " of a directive",
                  "expected " + Words.list(TYPES),
                  Words.didYouMean(type, TYPES));
    };
  }

  private static String target(Fields fields) {
    return ElementName.of(fields.required(TARGET, "target: GLB"), TARGET).name();
  }

  private static Loops loops(YamlNode item, boolean spatial) {
    String what = "a " + (spatial ? "spatial" : "temporal") + " directive";
    Fields fields = Fields.of(item, what, spatial ? LOOPS : LOOPS.subList(0, LOOPS.size() - 1));
    var factors = new LinkedHashMap<String, Factor>();
    fields
        .optional("factors")
        .ifPresent(
            n ->
                FactorText.factors(n)
                    .forEach(
                        f -> {
                          if (!f.comparison().equals("=")) {
                            throw f.at()
                                .error(
                                    "a factor of a mapping is %s"
                                        .formatted(Words.quote(f.comparison() + f.count())),
                                    "expected '='");
                          }
                          if (factors.put(f.dimension(), new Factor(f.count(), f.last(), f.at()))
                              != null) {
                            throw f.at()
                                .error("two factors of dimension " + Words.quote(f.dimension()));
                          }
                        }));
    List<String> permutation =
        fields.optional("permutation").map(FactorText::permutation).orElse(List.of());
    Optional<YamlNode> split = fields.optional("split");
    // of loops in time, 'no_reuse' is about time
    Set<String> noTemporal = new LinkedHashSet<>(names(fields, "no_temporal_reuse"));
    Set<String> noReuse = new LinkedHashSet<>(names(fields, "no_multicast_no_reduction"));
    (spatial ? noReuse : noTemporal).addAll(names(fields, "no_reuse"));
    return new Loops(
        target(fields),
        spatial,
        permutation,
        factors,
        split.isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of((int) Values.integer(split.get(), "split", 0, 1000)),
        noReuse,
        names(fields, "no_link_transfer"),
        noTemporal,
        names(fields, "rmw_first_update"),
        item.at());
  }

  private static Set<String> names(Fields fields, String key) {
    Set<String> names = new LinkedHashSet<>();
    fields
        .optional(key)
        .filter(n -> !(n instanceof YamlNode.Scalar s && s.isNull()))
        .ifPresent(
            n ->
                Values.list(n, key, "expected a list of data spaces")
                    .forEach(i -> names.add(Values.name(i, key))));
    return names;
  }

  private static Skew skew(YamlNode item) {
    Fields fields = Fields.of(item, "a skew", List.of(TARGET, TYPE, "modulo", "terms"));
    List<SkewTerm> terms = new ArrayList<>();
    for (YamlNode term :
        Values.list(
            fields.required("terms", "terms: [...]"), "terms", "expected a list of terms")) {
      Fields t = Fields.of(term, "a term of a skew", List.of("constant", "variable", "bound"));
      long constant =
          t.optional("constant")
              .map(n -> Values.integer(n, "constant", -1_000_000, 1_000_000))
              .orElse(1L);
      Optional<Fields> variable = t.optional("variable").map(n -> loop(n, "'variable'"));
      Optional<Fields> bound = t.optional("bound").map(n -> loop(n, "'bound'"));
      terms.add(
          new SkewTerm(
              constant,
              variable.map(MappingReader::dimension).orElse(""),
              variable.map(MappingReader::spatial).orElse(false),
              bound.map(MappingReader::dimension).orElse(""),
              bound.map(MappingReader::spatial).orElse(false)));
    }
    return new Skew(
        target(fields),
        Values.integer(fields.required("modulo", "modulo: 4"), "modulo", 1, 1L << 31),
        terms,
        item.at());
  }

  private static Fields loop(YamlNode node, String what) {
    return Fields.of(node, what, List.of("dimension", TYPE));
  }

  private static String dimension(Fields fields) {
    return Values.name(fields.required("dimension", "dimension: N"), "dimension");
  }

  private static boolean spatial(Fields fields) {
    YamlNode node = fields.required(TYPE, "type: spatial");
    String type = Values.scalar(node, TYPE, "expected spatial or temporal").value();
    if (!type.equals("spatial") && !type.equals("temporal")) {
      throw node.at().error("'type' is " + Words.quote(type), "expected spatial or temporal");
    }
    return type.equals("spatial");
  }
}
