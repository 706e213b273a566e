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
   * As a table.
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
      lines.add(line.toString());
    }
    return lines;
  }

  /** As comma-separated values with a line of names, numbers in full. */
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
    rows.add(names);
    for (Estimate e : estimates) {
      List<String> row = new ArrayList<>();
      for (String name : swept) {
        Value value = Optional.ofNullable(e.attributes().values().get(name)).orElseThrow();
        row.add(full ? value.toString() : EstimateTable.shown(attribute(model, name), value));
      }
      for (String action : actions) {
        ActionEstimate a = Optional.ofNullable(e.actions().get(action)).orElseThrow();
        row.add(number(a.energyPj(), full));
        row.add(number(a.latencyNs(), full));
      }
      row.add(number(e.areaUm2(), full));
      row.add(number(e.leakageUw(), full));
      rows.add(row);
    }
    return rows;
  }

  private static String number(Derivation d, boolean full) {
    return full ? Double.toString(d.value()) : DerivationLines.number(d.value());
  }

  private static Attribute attribute(ComponentModel model, String name) {
    return model.attributes().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }
}
