package org.einloom.io.timeloop.sparse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.einloom.evaluation.timeloop.sparse.Density;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.Numbers;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.Section;
import org.einloom.io.yaml.Values;
import org.einloom.io.yaml.YamlNode;
import org.einloom.io.yaml.YamlNode.Scalar;

/** Reads {@code densities:} of an instance. */
final class DensityReader {
  private static final List<String> KEYS =
      List.of("distribution", "density", "band_width", "workload_tensor_size");

  /** By name in files, some of which have two. */
  private static final List<String> DISTRIBUTIONS =
      List.of("hypergeometric", "fixed_structured", "fixed", "banded", "diagonal");

  private DensityReader() {}

  static Map<String, Density> read(Section section, List<String> tensors, List<Remark> remarks) {
    var densities = new LinkedHashMap<String, Density>();
    if (!section.key().equals("densities")) {
      Density common = density("all tensors", section.value(), remarks);
      tensors.forEach(t -> densities.put(t, common));
      return densities;
    }
    Values.entries(section.value(), "densities", "expected tensors with their densities")
        .forEach(
            (key, value) -> {
              if (!tensors.contains(key.value())) {
                throw key.at()
                    .error(
                        "unknown tensor " + Words.quote(key.value()) + " in 'densities'",
                        "expected one of " + Words.list(tensors),
                        Words.didYouMean(key.value(), tensors));
              }
              densities.put(key.value(), density("'" + key.value() + "'", value, remarks));
            });
    return densities;
  }

  /** A share alone is one of every tile, as Timeloop takes it. */
  private static Density density(String of, YamlNode node, List<Remark> remarks) {
    String what = "the density of " + of;
    if (node instanceof Scalar s) {
      double share = share(s, what);
      remarks.add(
          new Remark(
              s.at(), what + " has no distribution; taken as fixed_structured, as Timeloop does"));
      return new Density.FixedStructured(share);
    }
    Spelled fields = Spelled.of(node, what, KEYS);
    YamlNode kind = fields.required("distribution", "distribution: hypergeometric");
    String name = Values.name(kind, "distribution");
    fields
        .optional("workload_tensor_size")
        .ifPresent(
            n ->
                remarks.add(
                    new Remark(
                        n.at(),
                        "'workload_tensor_size' means nothing to Timeloop, which takes the tensor that the loops cover")));
    String plain = name.toLowerCase(Locale.ROOT).replace('-', '_');
    return switch (plain) {
      case "hypergeometric" -> {
        only(fields, plain, List.of("density", "workload_tensor_size"));
        yield new Density.Hypergeometric(share(fields, what));
      }
      case "fixed_structured", "fixed" -> {
        only(fields, plain, List.of("density", "workload_tensor_size"));
        yield new Density.FixedStructured(share(fields, what));
      }
      case "banded", "diagonal" -> {
        only(fields, plain, List.of("band_width"));
        yield new Density.Banded(
            fields
                .optional("band_width")
                .map(n -> Values.integer(n, "band_width", 0, Integer.MAX_VALUE))
                .orElse(0L));
      }
      default ->
          throw kind.at()
              .error(
                  "unknown distribution " + Words.quote(name) + " of " + of,
                  "expected one of " + String.join(", ", DISTRIBUTIONS),
                  Words.didYouMean(plain, DISTRIBUTIONS));
    };
  }

  private static void only(Spelled fields, String kind, List<String> keys) {
    for (String key : KEYS) {
      if (!key.equals("distribution") && !keys.contains(key) && fields.optional(key).isPresent()) {
        throw fields
            .optional(key)
            .get()
            .at()
            .error(
                "'%s' means nothing to the distribution %s".formatted(key, kind),
                "expected " + String.join(", ", keys));
      }
    }
  }

  private static double share(Spelled fields, String what) {
    return share(fields.required("density", "density: 0.5"), what);
  }

  private static double share(YamlNode node, String what) {
    double share = Numbers.real(node, "density", what, 0);
    if (share > 1) {
      throw node.at().error(what + " is " + share, "expected a share of at most 1");
    }
    return share;
  }
}
