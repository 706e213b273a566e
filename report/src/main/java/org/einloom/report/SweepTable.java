package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Attribute;
import org.einloom.component.ComponentModel;
import org.einloom.component.Derivation;
import org.einloom.component.Estimate;
import org.einloom.component.Value;

/** Several components of one class side by side, as a table or as comma-separated values. */
public final class SweepTable {
  private SweepTable() {}

  /**
   * As a table; a star marks what is extrapolated.
   *
   * @param swept the attributes that differ
   */
  public static List<String> lines(
      ComponentModel model, List<String> swept, List<Estimate> estimates) {
    List<List<String>> rows = rows(model, swept, estimates, false);
    List<String> lines = new ArrayList<>();
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    rows.forEach(
        r -> {
          for (int i = 0; i < columns; i++) {
            widths[i] = Math.max(widths[i], r.get(i).length());
          }
        });
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(
            String.format(Locale.ROOT, (i == 0 ? "" : "  ") + "%" + widths[i] + "s", row.get(i)));
      }
      lines.add(line.toString().stripTrailing());
    }
    if (estimates.stream().anyMatch(e -> !extrapolated(e).isEmpty())) {
      lines.add("* extrapolated: outside of what the model was checked for, or its source covers");
    }
    return lines;
  }

  /**
   * As comma-separated values with a line of names, numbers in full; the last column names the
   * columns whose figures are extrapolated.
   */
  public static List<String> csv(
      ComponentModel model, List<String> swept, List<Estimate> estimates) {
    return rows(model, swept, estimates, true).stream().map(r -> String.join(",", r)).toList();
  }

  private static List<List<String>> rows(
      ComponentModel model, List<String> swept, List<Estimate> estimates, boolean full) {
    var actions = new LinkedHashSet<String>();
    estimates.forEach(e -> actions.addAll(e.actions().keySet()));
    List<List<String>> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String name : swept) {
      String unit = attribute(model, name).kind().unit();
      names.add(full && !unit.isEmpty() ? name + " (" + unit + ")" : name);
    }
    for (String action : actions) {
      names.add(action + " pJ");
      names.add(action + " ns");
    }
    names.addAll(List.of("area um2", "leakage uW"));
    if (full) {
      names.add("extrapolated");
    }
    rows.add(names);
    boolean marks = !full && estimates.stream().anyMatch(e -> !extrapolated(e).isEmpty());
    for (Estimate e : estimates) {
      List<String> row = new ArrayList<>();
      for (String name : swept) {
        Value value = Optional.ofNullable(e.attributes().values().get(name)).orElseThrow();
        row.add(full ? value.toString() : EstimateTable.shown(attribute(model, name), value));
      }
      for (String action : actions) {
        ActionEstimate a = Optional.ofNullable(e.actions().get(action)).orElseThrow();
        row.add(number(a.energyPj(), full, marks));
        row.add(number(a.latencyNs(), full, marks));
      }
      row.add(number(e.areaUm2(), full, marks));
      row.add(number(e.leakageUw(), full, marks));
      if (full) {
        row.add(String.join("; ", extrapolated(e)));
      }
      rows.add(row);
    }
    return rows;
  }

  /** The names of those columns whose figures are extrapolated. */
  private static List<String> extrapolated(Estimate e) {
    List<String> names = new ArrayList<>();
    e.actions()
        .forEach(
            (action, a) -> {
              if (a.energyPj().extrapolated()) {
                names.add(action + " pJ");
              }
              if (a.latencyNs().extrapolated()) {
                names.add(action + " ns");
              }
            });
    if (e.areaUm2().extrapolated()) {
      names.add("area um2");
    }
    if (e.leakageUw().extrapolated()) {
      names.add("leakage uW");
    }
    return names;
  }

  /** A star where it is extrapolated; a space elsewhere keeps the digits below each other. */
  private static String number(Derivation d, boolean full, boolean marks) {
    String mark = marks ? d.extrapolated() ? "*" : " " : "";
    return full ? Double.toString(d.value()) : DerivationLines.number(d.value()) + mark;
  }

  private static Attribute attribute(ComponentModel model, String name) {
    return model.attributes().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }
}
