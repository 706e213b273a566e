package org.einloom.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Design;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.workload.Einsum;
import org.einloom.workload.Widths;

/** Designs side by side by what they have: computes, memory, area; nothing of it is searched. */
public final class DesignTable {
  private static final int OPERATIONS_PER_MAC = 2;
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

  private DesignTable() {}

  /** A line per design below a line of headers. */
  public static List<String> lines(List<Design> designs) {
    var table =
        new TextTable(
            List.of(
                "name",
                "technology",
                "clock",
                "MACs",
                "peak",
                "on-chip\nmemory",
                "area",
                "input, weight,\noutput, sums"));
    designs.forEach(d -> table.row(row(d)));
    return table.lines();
  }

  private static List<String> row(Design design) {
    Architecture first = design.first();
    Architecture path = products(design);
    Compute compute = path.compute();
    long instances = path.instances(compute);
    double peak = OPERATIONS_PER_MAC * compute.compute().perCycle() * instances * first.clockHz();
    Widths w = first.widths();
    return List.of(
        first.name(),
        first.technology().isEmpty() ? "-" : first.technology(),
        Si.of(first.clockHz(), "Hz"),
        String.format(Locale.ROOT, "%,d", instances),
        Double.isFinite(peak) ? Si.of(peak, "OPS") : "-",
        size(onChipBits(design)),
        first.areaUm2() > 0 ? Si.area(first.areaUm2()) : "-",
        "%d, %d, %d, %d b".formatted(w.input(), w.weight(), w.output(), w.partial()));
  }

  /** The path that products run on; of several the one with most computes. */
  private static Architecture products(Design design) {
    return design.paths().stream()
        .filter(p -> offersMacs(p.compute()))
        .max(Comparator.comparingLong(p -> p.instances(p.compute())))
        .orElse(design.first());
  }

  private static boolean offersMacs(Compute c) {
    return c.operations().isEmpty() || c.operations().contains(Einsum.MAC);
  }

  /** Of all memories that say how much they hold, all instances, idle branches included. */
  private static double onChipBits(Design design) {
    double bits = 0;
    Architecture first = design.first();
    for (Node node : first.nodes()) {
      bits += capacity(node).orElse(0) * (double) first.instances(node);
    }
    for (var idle : first.idle()) {
      bits += capacity(idle.node()).orElse(0) * (double) idle.instances();
    }
    return bits;
  }

  private static OptionalLong capacity(Node node) {
    return node instanceof Memory m ? m.capacityBits() : OptionalLong.empty();
  }

  private static String size(double bits) {
    double size = bits / Byte.SIZE;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return Si.significant(size, 4) + " " + UNITS[unit];
  }
}
