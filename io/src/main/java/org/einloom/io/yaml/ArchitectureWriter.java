package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.workload.Widths;

/**
 * Writes architectures without forks as YAML that reads back as the same: every figure with its
 * source, except that how a component class came to it is left out.
 */
public final class ArchitectureWriter {
  private final StringBuilder out = new StringBuilder();
  private final Map<String, String> comments;

  /** The source of most figures of the node that is written; empty for none. */
  private String usual = "";

  private ArchitectureWriter(Map<String, String> comments) {
    this.comments = comments;
  }

  /**
   * The text.
   *
   * @param heading lines to begin with, as comments
   * @param description one line; empty for none
   * @param comments on nodes, by name
   * @throws IllegalArgumentException if it has idle branches
   */
  public static String write(
      Architecture architecture,
      List<String> heading,
      String description,
      Map<String, String> comments) {
    if (!architecture.idle().isEmpty()) {
      throw new IllegalArgumentException(architecture.name() + " forks");
    }
    var writer = new ArchitectureWriter(comments);
    heading.forEach(line -> writer.line("# " + line));
    writer.top(architecture, description);
    architecture.nodes().forEach(n -> writer.node(n, n.equals(architecture.nodes().getFirst())));
    return writer.out.toString();
  }

  private void top(Architecture a, String description) {
    line("einloom: 1");
    line("architecture:");
    line("  name: " + text(a.name()));
    if (!description.isEmpty()) {
      line("  description: " + text(description));
    }
    if (!a.technology().isEmpty()) {
      line("  technology: " + text(a.technology()));
    }
    line("  clock: " + Written.frequency(a.clockHz()));
    Widths w = a.widths();
    line(
        "  widths: {input: %d b, weight: %d b, output: %d b, partial: %d b}"
            .formatted(w.input(), w.weight(), w.output(), w.partial()));
    line("  nodes:    # outermost first");
  }

  private void node(Node node, boolean outermost) {
    String kind =
        switch (node) {
          case Memory m -> "memory";
          case Toll t -> "toll";
          case Fanout f -> "fanout";
          case Compute c -> "compute";
        };
    String comment = comments.getOrDefault(node.name(), "");
    line("  - " + kind + ": " + text(node.name()) + (comment.isEmpty() ? "" : "    # " + comment));
    usual = usual(node);
    if (!usual.isEmpty()) {
      line("    source: " + text(usual));
    }
    switch (node) {
      case Memory m -> {
        m.capacityBits().ifPresent(bits -> line("    size: " + Written.size(bits)));
        keep(m.keep(), outermost);
        ports(m.sharedPort());
        actions(m.actions().values());
      }
      case Toll t -> {
        line("    tensors: " + names(t.tensors()));
        ports(t.sharedPort());
        actions(t.actions().values());
      }
      case Fanout f -> {
        fanout(f);
        actions(f.actions());
      }
      case Compute c -> {
        if (!c.operations().isEmpty()) {
          line("    operations: " + names(c.operations()));
        }
        boolean given =
            !c.compute().energyPj().equals(Figure.NONE)
                || c.compute().perCycle() != Double.POSITIVE_INFINITY;
        actions(given ? List.of(c.compute()) : List.of());
      }
    }
    figure("area", node.areaUm2(), Written.area(node.areaUm2().value()));
    figure("leakage", node.leakageUw(), Written.power(node.leakageUw().value()));
  }

  private void keep(Keep keep, boolean outermost) {
    if (keep.equals(outermost ? Keep.MUST_ALL : Keep.MAY_ALL)) {
      return;
    }
    if (!keep.must().isEmpty() || keep.may().isEmpty()) {
      line("    keep: " + names(keep.must()));
    }
    if (!keep.may().isEmpty()) {
      line("    may_keep: " + names(keep.may()));
    }
  }

  private void ports(boolean shared) {
    if (!shared) {
      line("    ports: separate");
    }
  }

  private void fanout(Fanout f) {
    line("    dimensions:");
    for (Fanout.Dimension d : f.dimensions()) {
      String rule =
          d.mustNotIndex().isEmpty() ? "" : ", must_not_index: " + names(d.mustNotIndex());
      line("    - {name: " + text(d.name()) + ", size: " + d.size() + rule + "}");
    }
    String multicast =
        switch (f.multicast()) {
          case WORDS -> "";
          case TILES -> "tiles";
          case NONE -> "none";
        };
    if (!multicast.isEmpty()) {
      line("    multicast: " + multicast);
    }
    if (!f.reduce()) {
      line("    reduce: false");
    }
    f.links()
        .ifPresent(
            l ->
                line(
                    "    neighbours: "
                        + (l.tensors().equals(Set.of(Keep.ALL)) ? "true" : names(l.tensors()))));
  }

  private void actions(Collection<Action> actions) {
    if (actions.isEmpty()) {
      return;
    }
    line("    actions:");
    for (Action a : actions) {
      var said = new StringBuilder();
      Figure e = a.energyPj();
      boolean given = !e.equals(Figure.NONE);
      if (given) {
        said.append(", energy: ").append(Written.energy(e.value()));
      }
      if (a.widthBits() > 0) {
        said.append(", width: ").append(a.widthBits()).append(" b");
      }
      if (a.perCycle() != Double.POSITIVE_INFINITY) {
        said.append(", throughput: ").append(Written.number(a.perCycle())).append(" /cycle");
      }
      if (given) {
        said.append(origin(e));
      }
      line("      " + a.name() + ": {" + (said.isEmpty() ? "" : said.substring(2)) + "}");
    }
  }

  private void figure(String key, Figure figure, String quantity) {
    if (figure.equals(Figure.NONE)) {
      return;
    }
    String origin = origin(figure);
    line(
        "    " + key + ": " + (origin.isEmpty() ? quantity : "{value: " + quantity + origin + "}"));
  }

  /** What all figures with a source would say, or most: none if one has no source. */
  private static String usual(Node node) {
    List<Figure> figures = new ArrayList<>(List.of(node.areaUm2(), node.leakageUw()));
    switch (node) {
      case Memory m -> m.actions().values().forEach(a -> figures.add(a.energyPj()));
      case Toll t -> t.actions().values().forEach(a -> figures.add(a.energyPj()));
      case Fanout f -> f.actions().forEach(a -> figures.add(a.energyPj()));
      case Compute c -> figures.add(c.compute().energyPj());
    }
    figures.removeIf(Figure.NONE::equals);
    Map<String, Integer> counts = new LinkedHashMap<>();
    figures.forEach(f -> counts.merge(f.source(), 1, Integer::sum));
    return counts.containsKey("")
        ? ""
        : counts.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .filter(e -> e.getValue() > 1)
            .map(Map.Entry::getKey)
            .orElse("");
  }

  private String origin(Figure figure) {
    return (figure.source().equals(usual) ? "" : ", source: " + text(figure.source()))
        + (figure.assumption() ? ", assumption: true" : "");
  }

  private static String names(Set<String> names) {
    return Written.names(new TreeSet<>(names));
  }

  private static String text(String text) {
    return MappingWriter.scalar(text);
  }

  private void line(String line) {
    out.append(line).append('\n');
  }
}
