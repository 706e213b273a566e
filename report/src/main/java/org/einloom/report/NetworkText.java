package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.description.LayerDescription;
import org.einloom.description.MappedNetwork;
import org.einloom.description.NetworkDescription;
import org.einloom.description.NetworkDescription.Tally;
import org.einloom.network.KindUse;
import org.einloom.workload.Counted;
import org.einloom.workload.Widths;

/** How a network runs, in sentences: what its layers have in common, then each of them. */
public final class NetworkText {
  private static final int MOST_TALLIES = 6;

  private NetworkText() {}

  /**
   * All lines.
   *
   * @param summary whether to say what the layers have in common
   * @param width columns of the terminal
   */
  public static List<String> lines(NetworkDescription d, boolean summary, int width) {
    List<String> lines = new ArrayList<>();
    if (summary) {
      lines.addAll(summary(d));
    }
    for (LayerDescription l : d.layers()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(DescriptionText.lines(l));
    }
    return Wrap.lines(lines, width, "    ");
  }

  private static List<String> summary(NetworkDescription d) {
    MappedNetwork n = d.network();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s on %s: %s%s, energy %s, latency %s%s"
            .formatted(
                n.workload(),
                n.design().first().name(),
                layers(d.count()),
                d.layers().size() == d.count() ? "" : " of which " + d.layers().size() + " differ",
                Si.of(n.energyPj() * 1e-12, "J"),
                n.latencyS() > 0 ? Si.of(n.latencyS(), "s") : "not limited",
                n.utilization().isPresent()
                    ? ", utilization " + Si.percent(n.utilization().getAsDouble())
                    : ""));
    if (d.layers().size() > 1) {
      lines.add("  order of computation: " + order(d));
      lines.add("  partitioning: " + partitioning(d));
      lines.add("  data movement: " + DescriptionText.movement(d.traffic()));
    }
    lines.add("  data attributes: " + attributes(n));
    lines.add("  degree of flexibility: " + flexibility(d));
    lines.add("  fixed by the design: " + fixed(n));
    return lines;
  }

  static String layers(long n) {
    return Counted.of(n, "layer");
  }

  private static String order(NetworkDescription d) {
    List<String> levels = new ArrayList<>();
    d.dataflows().reversed().forEach((memories, tallies) -> levels.add(tallies(tallies, d)));
    return levels.isEmpty()
        ? "nothing is kept below the outermost memory."
        : String.join(". ", levels) + ".";
  }

  /** {@code 20 of 21 layers are weight stationary at Spad, 1 is without reuse at Spad}. */
  private static String tallies(List<Tally> tallies, NetworkDescription d) {
    List<String> parts = new ArrayList<>();
    for (Tally t : tallies) {
      String of = parts.isEmpty() ? " of " + layers(d.count()) : "";
      String who = t.layers() == d.count() ? "all " + layers(d.count()) : t.layers() + of;
      String what = t.what().replaceFirst("^no reuse", "without reuse");
      parts.add(who + (t.layers() == 1 ? " is " : " are ") + what);
    }
    return String.join(", ", parts);
  }

  private static String partitioning(NetworkDescription d) {
    List<String> places = new ArrayList<>();
    d.spreads()
        .forEach(
            (place, tallies) -> {
              List<String> list = new ArrayList<>();
              for (Tally t : tallies.subList(0, Math.min(tallies.size(), MOST_TALLIES))) {
                String all = t.layers() == d.count() ? "all " : "";
                String who = all + layers(t.layers());
                list.add((t.what().isEmpty() ? "nothing" : t.what()) + " in " + who);
              }
              if (tallies.size() > MOST_TALLIES) {
                list.add("others in the rest");
              }
              places.add(place + " spreads " + String.join("; ", list));
            });
    return places.isEmpty() ? "there is one compute." : String.join(". ", places) + ".";
  }

  private static String attributes(MappedNetwork n) {
    Widths w = n.design().first().widths();
    String used =
        n.measured().isEmpty()
            ? "none are used"
            : "measured values set "
                + String.join(", ", n.measured())
                + ", which energies depend on; for the rest";
    return ("%s: %s. Words"
            + " have %d bits as inputs, %d as weights, %d as outputs and %d as partial sums, unless"
            + " the workload says otherwise.")
        .formatted(used, zeros(n), w.input(), w.weight(), w.output(), w.partial());
  }

  private static String zeros(MappedNetwork n) {
    String dense = "all tensors are counted as dense, zeros are neither skipped nor compressed";
    if (n.sparse().isEmpty()) {
      return dense;
    }
    String sparse =
        "words and computes are those expected of sparse tensors, less what is skipped or"
            + " compressed; compulsory traffic and how often words are used are those of dense ones";
    return n.sparse().size() == n.layers().size()
        ? sparse
        : "in %d of %s, %s; in the others %s"
            .formatted(n.sparse().size(), layers(n.layers().size()), sparse, dense);
  }

  private static String flexibility(NetworkDescription d) {
    List<String> kinds = d.kinds().stream().map(NetworkText::kind).toList();
    String left =
        d.network().notCosted().isEmpty()
            ? "all operators of the workload are run"
            : "no figure includes "
                + d.network().notCosted().stream()
                    .map(n -> n.operator() + " x" + n.count())
                    .collect(Collectors.joining(", "));
    return "%s. The mappings have %s and spread the work in %s; %s."
        .formatted(
            String.join("; ", kinds),
            ways(d.differentDataflows(), "dataflow"),
            ways(d.differentSpreads(), "way"),
            left);
  }

  private static String ways(long n, String what) {
    return n == 1 ? "one " + what : n + " " + what + "s";
  }

  private static String kind(KindUse k) {
    return k.kind().label() + " in " + layers(k.layers()) + utilization(k);
  }

  private static String utilization(KindUse k) {
    return k.median().isEmpty() ? "" : ", utilization " + shares(k);
  }

  /** {@code 45% to 100%, median 100%}; {@code -} where nothing limits the computes. */
  private static String shares(KindUse k) {
    OptionalDouble least = k.least();
    OptionalDouble most = k.most();
    OptionalDouble median = k.median();
    if (least.isEmpty() || most.isEmpty() || median.isEmpty()) {
      return "-";
    }
    String low = Si.percent(least.getAsDouble());
    String high = Si.percent(most.getAsDouble());
    return low.equals(high)
        ? low
        : "%s to %s, median %s".formatted(low, high, Si.percent(median.getAsDouble()));
  }

  /** What no mapping can choose. */
  private static String fixed(MappedNetwork n) {
    List<String> rules = new ArrayList<>();
    for (Node node : n.design().first().everyNode()) {
      switch (node) {
        case Memory m -> memory(m, rules);
        case Fanout f -> fanout(f, rules);
        default -> {}
      }
    }
    return rules.isEmpty()
        ? "every memory may keep every tensor, and every rank can be spread anywhere."
        : String.join("; ", rules) + ".";
  }

  private static void memory(Memory m, List<String> rules) {
    Set<String> must = m.keep().must();
    Set<String> may = new TreeSet<>(m.keep().may());
    may.removeAll(must);
    if (must.contains(Keep.ALL)) {
      rules.add(m.name() + " holds everything");
    } else if (!may.contains(Keep.ALL)) {
      List<String> said = new ArrayList<>();
      if (!must.isEmpty()) {
        said.add("holds " + and(must));
      }
      if (!may.isEmpty()) {
        said.add("can hold " + and(may));
      }
      rules.add(m.name() + " " + String.join(" and ", said) + ", nothing else");
    } else if (!must.isEmpty()) {
      rules.add(m.name() + " holds " + and(must));
    }
  }

  private static void fanout(Fanout f, List<String> rules) {
    for (Fanout.Dimension d : f.dimensions()) {
      if (!d.mustNotIndex().isEmpty()) {
        rules.add(
            "%s.%s cannot spread a rank of %s"
                .formatted(f.name(), d.name(), and(d.mustNotIndex())));
      }
    }
    if (f.multicast() == Fanout.Multicast.NONE) {
      rules.add(f.name() + " serves each child on its own");
    }
    if (!f.reduce()) {
      rules.add(f.name() + " adds nothing up");
    }
    f.links()
        .ifPresent(
            l -> rules.add("neighbours on " + f.name() + " hand on " + and(operands(l.tensors()))));
  }

  private static Set<String> operands(Set<String> names) {
    return names.contains(Keep.ALL) ? Set.of("operands") : names;
  }

  private static String and(Set<String> names) {
    return names.stream().sorted().collect(Collectors.joining(" and "));
  }
}
