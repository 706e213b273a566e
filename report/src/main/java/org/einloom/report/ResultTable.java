package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.evaluation.ComponentCost;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.workload.Counted;

/** A result as a table, for people: one line per distinct layer, then what the figures rest on. */
public final class ResultTable {
  private static final int LONGEST_NAME = 28;
  private static final int LONGEST_HEAD = 12;

  /** Shares below are shown as less than 1 %. */
  private static final double LEAST_SHARE = 0.005;

  private ResultTable() {}

  /**
   * All lines.
   *
   * @param width columns of the terminal; a table that needs more is split in two
   */
  public static List<String> lines(NetworkResult result, int width, Detail detail) {
    List<String> lines = new ArrayList<>();
    lines.add(title(result));
    lines.add("");
    List<Node> parts = parts(result);
    var whole = table(result, true, parts);
    if (whole.width() <= width) {
      lines.addAll(whole.lines());
    } else {
      lines.addAll(table(result, true, List.of()).lines());
      lines.add("");
      lines.add("share of the energy:");
      lines.addAll(table(result, false, parts).lines());
    }
    lines.add("");
    lines.addAll(Notes.of(result, detail));
    detail.data().ifPresent(d -> lines.addAll(DataLines.of(d)));
    lines.addAll(SparseText.lines(detail.sparse()));
    List<String> below = Wrap.lines(lines, width);
    detail.zeros().ifPresent(z -> below.addAll(ZerosTable.lines(z)));
    if (detail.fronts()) {
      below.addAll(FrontTable.lines(result, width));
    }
    if (detail.explanations()) {
      below.addAll(ExplanationText.lines(result, detail, width));
    }
    return below;
  }

  private static String title(NetworkResult result) {
    long executions = result.layers().stream().mapToLong(LayerResult::repeats).sum();
    return String.format(
        Locale.ROOT,
        "%s on %s: %d distinct of %s, objective %s, policy %s, clock %s",
        result.workload(),
        result.design().first().name(),
        result.layers().size(),
        Counted.of(executions, "layer"),
        result.objective().label(),
        result.policy(),
        Si.of(result.design().first().clockHz(), "Hz"));
  }

  /**
   * Memories that can cost anything, tolls and computes, and those fanouts that cost energy
   * somewhere. Of a design with forks only what some layer spends half a percent of its energy on:
   * the rest is idle at most.
   */
  private static List<Node> parts(NetworkResult result) {
    boolean forks = result.design().paths().size() > 1;
    return result.design().paths().stream()
        .flatMap(p -> p.nodes().stream())
        .distinct()
        .filter(n -> !(n instanceof Fanout || costsNothing(n)) || energyPj(result, n) > 0)
        .filter(n -> !forks || isSeen(result, n))
        .toList();
  }

  /** Whether no mapping can make it cost anything: a place for loops, as Timeloop has them. */
  private static boolean costsNothing(Node node) {
    return node instanceof Memory m
        && !m.actions().isEmpty()
        && m.areaUm2().value() == 0
        && m.leakageUw().value() == 0
        && m.actions().values().stream().allMatch(a -> a.energyPj().value() == 0);
  }

  private static boolean isSeen(NetworkResult result, Node node) {
    return result.layers().stream()
        .anyMatch(l -> energyPj(l, node) >= LEAST_SHARE * l.evaluation().energyPj());
  }

  private static TextTable table(NetworkResult result, boolean figures, List<Node> parts) {
    List<String> headers = new ArrayList<>(List.of("layer"));
    boolean others = result.operations() > 0;
    if (figures) {
      headers.addAll(List.of("x", "MACs"));
      if (others) {
        headers.add("ops");
      }
      headers.addAll(List.of("cycles", "util", "energy", "bound by"));
    }
    int boundBy = headers.size() - 1; // which is 0, the layer, without figures
    parts.forEach(n -> headers.add(header(n.name())));
    var table = new TextTable(headers, boundBy);
    for (LayerResult l : result.layers()) {
      List<String> cells = new ArrayList<>(List.of(shortened(l.layer().name())));
      var e = l.evaluation();
      if (figures) {
        cells.add(Long.toString(l.repeats()));
        cells.add(Si.count(l.layer().macs()));
        if (others) {
          cells.add(Si.count(l.layer().operations()));
        }
        cells.add(Si.count(e.cycles()));
        cells.add(percent(e.utilization()));
        cells.add(Si.of(e.energyPj() * 1e-12, "J"));
        cells.add(e.boundBy().orElse("-"));
      }
      for (Node n : parts) {
        cells.add(share(energyPj(l, n), e.energyPj()));
      }
      table.row(cells);
    }
    table.row(total(result, figures, parts));
    return table;
  }

  private static List<String> total(NetworkResult result, boolean figures, List<Node> parts) {
    List<String> cells = new ArrayList<>(List.of("total"));
    if (figures) {
      cells.add(Long.toString(result.layers().stream().mapToLong(LayerResult::repeats).sum()));
      cells.add(Si.count(result.macs()));
      if (result.operations() > 0) {
        cells.add(Si.count(result.operations()));
      }
      cells.add(Si.count(result.cycles()));
      cells.add(percent(result.utilization()));
      cells.add(Si.of(result.energyPj() * 1e-12, "J"));
      cells.add("");
    }
    for (Node n : parts) {
      cells.add(share(energyPj(result, n), result.energyPj()));
    }
    return cells;
  }

  private static double energyPj(NetworkResult result, Node node) {
    return result.layers().stream()
        .mapToDouble(l -> energyPj(l, node) * (double) l.repeats())
        .sum();
  }

  private static double energyPj(LayerResult l, Node node) {
    return l.evaluation().components().stream()
        .filter(c -> c.node().name().equals(node.name()))
        .mapToDouble(ComponentCost::energyPj)
        .sum();
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent() ? Si.percent(share.getAsDouble()) : "-";
  }

  private static String share(double part, double whole) {
    return whole > 0 ? Si.percent(part / whole) : "-";
  }

  /** {@code GlobalBuffer} over two lines, so that the column stays narrow. */
  static String header(String name) {
    if (name.length() <= 6) {
      return name;
    }
    int middle = name.length() / 2;
    int cut = -1;
    for (int i = 1; i < name.length(); i++) {
      boolean word =
          "_-. ".indexOf(name.charAt(i - 1)) >= 0
              || (Character.isUpperCase(name.charAt(i))
                  && Character.isLowerCase(name.charAt(i - 1)));
      if (word && (cut < 0 || Math.abs(i - middle) < Math.abs(cut - middle))) {
        cut = i;
      }
    }
    return cut < 0 ? name : name.substring(0, cut) + "\n" + name.substring(cut);
  }

  /** Both ends of a long name: between them is where names of layers differ least. */
  static String shortened(String name) {
    int tail = LONGEST_NAME - LONGEST_HEAD - 2;
    return name.length() <= LONGEST_NAME
        ? name
        : name.substring(0, LONGEST_HEAD) + ".." + name.substring(name.length() - tail);
  }
}
