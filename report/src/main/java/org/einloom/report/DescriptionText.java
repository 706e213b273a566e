package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.description.HandedOn;
import org.einloom.description.LayerDescription;
import org.einloom.description.Level;
import org.einloom.description.MappedLayer;
import org.einloom.description.MemoryTraffic;
import org.einloom.description.Route;
import org.einloom.description.Sharing;
import org.einloom.description.Spread;
import org.einloom.description.Stay;
import org.einloom.description.Step;
import org.einloom.workload.Role;

/** How a layer runs, in sentences. */
final class DescriptionText {
  private static final double ONE = 1.005;

  private DescriptionText() {}

  static List<String> lines(LayerDescription d) {
    MappedLayer l = d.layer();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s%s, %s%s"
            .formatted(
                l.name(),
                l.kind().label(),
                l.repeats() == 1 ? "" : ", runs " + l.repeats() + " times",
                l.macs() > 0
                    ? Si.count(l.macs()) + " MACs"
                    : Si.count(l.einsum().computes()) + " operations",
                l.utilization().isPresent()
                    ? ", utilization " + Si.percent(l.utilization().getAsDouble())
                    : ""));
    lines.add("  order of computation: " + order(d));
    lines.add("  loops in time: " + loops(d));
    lines.add("  partitioning: " + partitioning(d));
    lines.add("  flow of data: " + flow(d));
    lines.add("  data movement: " + movement(MemoryTraffic.of(d)));
    return lines;
  }

  private static String order(LayerDescription d) {
    if (d.levels().isEmpty()) {
      return "nothing is kept below " + d.layer().path().nodes().getFirst().name() + ".";
    }
    List<String> sentences = new ArrayList<>();
    for (Level level : d.levels().reversed()) {
      sentences.add(order(level));
    }
    return String.join(". ", sentences) + ".";
  }

  private static String order(Level level) {
    String name = capital(level.dataflow()) + " at " + level.place();
    if (level.stationary().isEmpty()) {
      return name + ": each word is used once before it is replaced";
    }
    boolean places = level.stays().stream().map(Stay::memory).distinct().count() > 1;
    List<String> all = new ArrayList<>();
    for (Stay s : level.stays()) {
      String first = all.isEmpty() ? " before it is replaced" : "";
      String verb = s.role() == Role.OUTPUT ? " is updated " : " is used ";
      all.add(
          "each %s%s%s%s%s%s"
              .formatted(
                  word(s.role(), s.tensor()),
                  places ? " in " + s.memory() : "",
                  verb,
                  times(s.uses()),
                  s.variables().isEmpty() ? "" : " (" + String.join(", ", s.variables()) + ")",
                  first));
    }
    return name + ": " + String.join(", ", all);
  }

  private static String times(long n) {
    return n == 1 ? "once" : Si.count(n) + " times";
  }

  /** {@code weight}, or {@code weight B} where the tensor has a name of its own. */
  private static String word(Role role, String tensor) {
    return role.label().equals(tensor) ? role.label() : role.label() + " " + tensor;
  }

  private static String loops(LayerDescription d) {
    if (d.steps().isEmpty()) {
      return "none; everything happens in one step.";
    }
    List<String> places = new ArrayList<>();
    String memory = "";
    for (Step s : d.steps()) {
      String loop = s.variable() + " " + s.count();
      if (s.memory().equals(memory)) {
        places.set(places.size() - 1, places.getLast() + ", " + loop);
      } else {
        places.add((s.memory().isEmpty() ? "" : s.memory() + ": ") + loop);
        memory = s.memory();
      }
    }
    return String.join("; ", places) + " (outermost first).";
  }

  private static String partitioning(LayerDescription d) {
    if (d.spreads().isEmpty()) {
      return "there is one compute.";
    }
    List<String> used = new ArrayList<>();
    List<String> unused = new ArrayList<>();
    for (Spread s : d.spreads()) {
      String place = s.fanout() + "." + s.dimension();
      if (s.used() == 1) {
        unused.add(place + " (" + s.size() + ")");
      } else {
        String parts =
            s.parts().stream()
                .map(p -> s.parts().size() == 1 ? p.variable() : p.variable() + " " + p.count())
                .collect(Collectors.joining(" x "));
        used.add(
            "%s over %s of %d on %s"
                .formatted(parts, s.used() == s.size() ? "all" : s.used(), s.size(), place)
                .replace("all of", "all"));
      }
    }
    String spread = used.isEmpty() ? "nothing is spread" : String.join(", ", used);
    String rest = unused.isEmpty() ? "" : "; unused: " + String.join(", ", unused);
    return "%s%s; %s of %s computes get work (%s)."
        .formatted(
            spread,
            rest,
            Si.count(d.usedComputes()),
            Si.count(d.computes()),
            Si.percent((double) d.usedComputes() / d.computes()));
  }

  private static String flow(LayerDescription d) {
    List<String> sentences = new ArrayList<>();
    for (Route r : d.routes()) {
      List<String> way = new ArrayList<>(r.memories());
      way.add(d.layer().path().compute().name());
      boolean result = r.role() == Role.OUTPUT;
      String route =
          word(r.role(), r.tensor()) + " " + String.join(" > ", result ? way.reversed() : way);
      String by = r.bypassed().isEmpty() ? "" : " (past " + String.join(", ", r.bypassed()) + ")";
      sentences.add(route + by);
    }
    String routes = String.join("; ", sentences);
    Set<String> merged = new LinkedHashSet<>();
    for (Sharing s : d.sharing()) {
      if (s.factor() > ONE) {
        merged.add(
            s.role() == Role.OUTPUT
                ? "%s adds up %s results into one".formatted(s.fanout(), number(s.factor()))
                : "%s sends each %s to %s children"
                    .formatted(s.fanout(), word(s.role(), s.tensor()), number(s.factor())));
      }
    }
    for (HandedOn h : d.handedOn()) {
      merged.add(
          "neighbours on %s hand on %s of what they get of %s"
              .formatted(h.fanout(), Si.percent(h.share()), word(h.role(), h.tensor())));
    }
    return routes + (merged.isEmpty() ? "" : ". " + String.join("; ", merged)) + ".";
  }

  static String movement(List<MemoryTraffic> traffic) {
    return traffic.stream().map(DescriptionText::movement).collect(Collectors.joining("; ")) + ".";
  }

  private static String movement(MemoryTraffic t) {
    String least =
        t.factor().isPresent()
            ? (t.factor().getAsDouble() < ONE
                ? ", the least possible"
                : ", " + factor(t.factor().getAsDouble()) + " times the least")
            : t.compulsory().isPresent() ? "" : ", the least is not known";
    String worst =
        t.worst().stream()
            .map(e -> e.tensor() + " " + factor(e.factor()) + " times")
            .collect(Collectors.joining(", "));
    return "%s %s words%s%s"
        .formatted(
            t.memory(),
            Si.count(Math.round(t.words())),
            least,
            worst.isEmpty() ? "" : " (" + worst + ")");
  }

  /** {@code 1.01} to {@code 9.99}, then fewer digits. */
  static String factor(double f) {
    return String.format(Locale.ROOT, f < 10 ? "%.2f" : "%.1f", f);
  }

  /** Whole if it is. */
  private static String number(double n) {
    return Math.abs(n - Math.rint(n)) < 1e-9
        ? Long.toString(Math.round(n))
        : String.format(Locale.ROOT, "%.1f", n);
  }

  static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
