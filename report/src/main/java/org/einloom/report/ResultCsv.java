package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import org.einloom.evaluation.Charge;
import org.einloom.evaluation.ComponentCost;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;

/**
 * A result as comma-separated values, for spreadsheets and data frames: one row per distinct layer,
 * component, tensor and action. Counts and energies are for one execution of the layer and over all
 * instances, numbers in full.
 */
public final class ResultCsv {
  private static final List<String> COLUMNS =
      List.of(
          "workload",
          "architecture",
          "layer",
          "repeats",
          "component",
          "instances",
          "tensor",
          "action",
          "count",
          "energyPjPerAction",
          "energyPj",
          "source",
          "assumption");

  private ResultCsv() {}

  /** All rows below a row of names, UTF-8, by RFC 4180. */
  public static byte[] write(NetworkResult result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(COLUMNS);
    for (LayerResult l : result.layers()) {
      for (ComponentCost c : l.evaluation().components()) {
        c.charges().forEach(charge -> rows.add(row(result, l, c, charge)));
      }
    }
    return Csv.bytes(rows);
  }

  private static List<String> row(
      NetworkResult result, LayerResult l, ComponentCost c, Charge charge) {
    return List.of(
        result.workload(),
        result.design().first().name(),
        l.layer().name(),
        Long.toString(l.repeats()),
        c.node().name(),
        Long.toString(c.instances()),
        charge.tensor().orElse(""),
        charge.action(),
        Double.toString(charge.count()),
        Double.toString(charge.cost().value()),
        Double.toString(charge.energyPj()),
        charge.cost().source(),
        Boolean.toString(charge.cost().assumption()));
  }
}
