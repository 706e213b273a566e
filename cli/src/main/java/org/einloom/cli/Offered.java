package org.einloom.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.io.Shipped;
import org.einloom.io.input.Words;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;

/** Whether a design offers what the layers need, asked before any of them is searched. */
final class Offered {
  /** The operator of layers that are written as Einsums. */
  private static final String EINSUM = "Einsum";

  private Offered() {}

  /**
   * @throws InvalidSpecException naming every operation that is missing, with the first layer that
   *     needs it, and what the design offers
   */
  static void check(Design design, Selection selection) {
    Map<String, List<Layer>> missing = new LinkedHashMap<>();
    for (Selection.Entry e : selection.entries()) {
      String operation = e.layer().einsum().operation();
      if (design.paths().stream().noneMatch(p -> p.compute().offers(operation))) {
        missing.computeIfAbsent(operation, o -> new ArrayList<>()).add(e.layer());
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    var offered = new TreeSet<String>();
    for (Architecture path : design.paths()) {
      offered.addAll(path.compute().operations());
    }
    boolean isOnnx =
        missing.values().stream().noneMatch(l -> l.getFirst().operator().equals(EINSUM));
    throw new InvalidSpecException(
        ("no compute of %s offers %s; offered are %s:"
                + " add what is missing to the 'operations' of a compute%s%s")
            .formatted(
                Words.quote(design.first().name()),
                missing.entrySet().stream()
                    .map(e -> needed(e.getKey(), e.getValue()))
                    .collect(Collectors.joining(", ")),
                String.join(", ", offered),
                isOnnx && !missing.containsKey(Einsum.MAC)
                    ? ", or leave out all but products with --operators products"
                    : "",
                others(selection)));
  }

  /** The shipped designs that offer all that the layers need. */
  private static String others(Selection selection) {
    List<String> able =
        Shipped.architectures().keySet().stream()
            .filter(name -> offersAll(Shipped.resolveArchitectureFile(name).design(), selection))
            .toList();
    return able.isEmpty() ? "" : ", or take one that offers all: " + String.join(", ", able);
  }

  private static boolean offersAll(Design design, Selection selection) {
    return selection.entries().stream()
        .map(e -> e.layer().einsum().operation())
        .distinct()
        .allMatch(o -> design.paths().stream().anyMatch(p -> p.compute().offers(o)));
  }

  private static String needed(String operation, List<Layer> layers) {
    Layer first = layers.getFirst();
    return "%s, which layer %s (%s)%s need%s"
        .formatted(
            Words.quote(operation),
            Words.quote(first.name()),
            first.operator(),
            layers.size() == 1 ? "" : " and " + (layers.size() - 1) + " more",
            layers.size() == 1 ? "s" : "");
  }
}
