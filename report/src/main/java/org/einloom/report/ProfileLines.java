package org.einloom.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.einloom.profile.BitStatistics;
import org.einloom.profile.Profile;
import org.einloom.profile.TensorProfile;
import org.einloom.workload.Counted;

/** What was measured of a network, as a table, for people. */
public final class ProfileLines {
  private static final int MOST_ROWS = 40;

  private ProfileLines() {}

  /** A row for each tensor of each layer; without layers, for each tensor of the network. */
  public static List<String> lines(Profile profile) {
    List<String> lines = new ArrayList<>();
    long constants = profile.tensors().values().stream().filter(TensorProfile::constant).count();
    lines.add(
        "%s: %s and %s measured"
            .formatted(
                profile.model(),
                Counted.of(constants, "constant"),
                Counted.of(profile.tensors().size() - constants, "other value")));
    lines.add("inputs: " + profile.inputs());
    lines.add("");
    List<BitStatistics> formats =
        profile.tensors().values().stream().findFirst().map(TensorProfile::bits).orElse(List.of());
    List<String> headers =
        new ArrayList<>(List.of("layer", "tensor", "value", "density", "min", "max"));
    formats.forEach(f -> headers.add(f.format().name() + "\ntoggle"));
    var table = new TextTable(headers, 0);
    int rows = 0;
    for (Map.Entry<String, SequencedMap<String, String>> layer : profile.layers().entrySet()) {
      for (Map.Entry<String, String> tensor : layer.getValue().entrySet()) {
        TensorProfile t = profile.tensors().get(tensor.getValue());
        if (t != null && rows++ < MOST_ROWS) {
          table.row(row(layer.getKey(), tensor.getKey(), t));
        }
      }
    }
    if (rows == 0) {
      for (TensorProfile t : profile.tensors().values()) {
        if (rows++ < MOST_ROWS) {
          table.row(row("", "", t));
        }
      }
    }
    lines.addAll(table.lines());
    if (rows > MOST_ROWS) {
      lines.add("and " + (rows - MOST_ROWS) + " more rows, which the file has");
    }
    return lines;
  }

  private static List<String> row(String layer, String tensor, TensorProfile t) {
    List<String> cells = new ArrayList<>();
    cells.add(ResultTable.shortened(layer));
    cells.add(tensor);
    cells.add(ResultTable.shortened(t.name()));
    cells.add(DataLines.share(t.density()));
    cells.add(DataLines.share(t.histogram().from()));
    cells.add(DataLines.share(t.histogram().to()));
    for (BitStatistics b : t.bits()) {
      OptionalDouble toggle = b.toggle();
      cells.add(toggle.isPresent() ? DataLines.share(toggle.getAsDouble()) : "-");
    }
    return cells;
  }
}
