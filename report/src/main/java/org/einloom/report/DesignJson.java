package org.einloom.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Design;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.workload.Widths;

/**
 * A design with the keys that an architecture's file has, costs of component classes written out
 * and widths as they were used, so that it reads back as the same design.
 */
final class DesignJson {
  private DesignJson() {}

  static Map<String, Object> of(Design design) {
    Architecture first = design.first();
    var json = new LinkedHashMap<String, Object>();
    json.put("name", first.name());
    if (!first.technology().isEmpty()) {
      json.put("technology", first.technology());
    }
    json.put("clock", quantity(first.clockHz(), "Hz"));
    Widths w = first.widths();
    var widths = new LinkedHashMap<String, Object>();
    widths.put("input", w.input() + " b");
    widths.put("weight", w.weight() + " b");
    widths.put("output", w.output() + " b");
    widths.put("partial", w.partial() + " b");
    json.put("widths", widths);
    json.put("nodes", nodes(design.paths(), 0));
    return json;
  }

  /** What the paths have from there on: a row, and a fork where they part. */
  private static List<Object> nodes(List<Architecture> paths, int from) {
    List<Object> row = new ArrayList<>();
    List<Node> first = paths.getFirst().nodes();
    int next = from;
    while (next < first.size() && allHave(paths, next, first.get(next))) {
      row.add(node(first.get(next)));
      next++;
    }
    var branches = new LinkedHashMap<String, List<Architecture>>();
    for (Architecture path : paths) {
      if (next < path.nodes().size()) {
        branches.computeIfAbsent(path.nodes().get(next).name(), n -> new ArrayList<>()).add(path);
      }
    }
    if (!branches.isEmpty()) {
      var fork = new LinkedHashMap<String, Object>();
      // a fork has no name in a design; its branches' names are unique, so theirs together are
      fork.put("fork", "fork of " + String.join(", ", branches.keySet()));
      List<Object> list = new ArrayList<>();
      for (List<Architecture> branch : branches.values()) {
        list.add(Map.of("nodes", nodes(branch, next)));
      }
      fork.put("branches", list);
      row.add(fork);
    }
    return row;
  }

  private static boolean allHave(List<Architecture> paths, int index, Node node) {
    return paths.stream()
        .allMatch(p -> index < p.nodes().size() && p.nodes().get(index).name().equals(node.name()));
  }

  private static Map<String, Object> node(Node node) {
    var json = new LinkedHashMap<String, Object>();
    switch (node) {
      case Memory m -> {
        json.put("memory", m.name());
        m.capacityBits().ifPresent(b -> json.put("size", b + " b"));
        json.put("keep", names(m.keep().must()));
        json.put("may_keep", names(m.keep().may()));
        json.put("ports", ports(m.sharedPort()));
      }
      case Toll t -> {
        json.put("toll", t.name());
        json.put("tensors", names(t.tensors()));
        json.put("ports", ports(t.sharedPort()));
      }
      case Fanout f -> {
        json.put("fanout", f.name());
        json.put("dimensions", f.dimensions().stream().map(DesignJson::dimension).toList());
        json.put("multicast", f.multicast().name().toLowerCase(Locale.ROOT));
        json.put("reduce", f.reduce());
        f.links().ifPresent(l -> json.put("neighbours", names(l.tensors())));
      }
      case Compute c -> {
        json.put("compute", c.name());
        if (!c.operations().isEmpty()) {
          json.put("operations", names(c.operations()));
        }
      }
    }
    var actions = new LinkedHashMap<String, Object>();
    Figures.actions(node).forEach(a -> actions.put(a.name(), action(a)));
    if (!actions.isEmpty()) {
      json.put("actions", actions);
    }
    figure(json, "area", node.areaUm2(), "um2");
    figure(json, "leakage", node.leakageUw(), "uW");
    return json;
  }

  private static Map<String, Object> dimension(Fanout.Dimension d) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", d.name());
    json.put("size", d.size());
    if (!d.mustNotIndex().isEmpty()) {
      json.put("must_not_index", names(d.mustNotIndex()));
    }
    return json;
  }

  private static Map<String, Object> action(Action a) {
    var json = new LinkedHashMap<String, Object>();
    figure(json, "energy", a.energyPj(), "pJ");
    if (a.widthBits() > 0) {
      json.put("width", a.widthBits() + " b");
    }
    if (Double.isFinite(a.perCycle())) {
      json.put("throughput", quantity(a.perCycle(), "/cycle"));
    }
    return json;
  }

  /** Nothing for a cost that was left out, which then is left out again. */
  private static void figure(Map<String, Object> owner, String key, Figure figure, String unit) {
    if (figure.equals(Figure.NONE)) {
      return;
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("value", quantity(figure.value(), unit));
    if (!figure.source().isEmpty()) {
      json.put("source", figure.source());
    }
    if (figure.assumption()) {
      json.put("assumption", true);
    }
    owner.put(key, json);
  }

  private static String ports(boolean shared) {
    return shared ? "shared" : "separate";
  }

  /** In an order that is always the same. */
  private static List<String> names(Set<String> names) {
    return names.stream().sorted().toList();
  }

  /** With the digits that make the same number when read. */
  private static String quantity(double value, String unit) {
    BigDecimal number = BigDecimal.valueOf(value).stripTrailingZeros();
    boolean plain = value == 0 || (value >= 1e-6 && value < 1e15);
    return (plain ? number.toPlainString() : number.toString()) + " " + unit;
  }
}
