package org.einloom.component.sram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A run of CACTI 7: a row of a table in the resources. */
record CactiRun(SramSpec spec, Map<String, String> columns) {

  static List<CactiRun> read(String table, SramFlavour flavour) {
    try (var in = Objects.requireNonNull(CactiRun.class.getResourceAsStream(table), table);
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<String> names = List.of(reader.readLine().split(","));
      List<CactiRun> runs = new ArrayList<>();
      for (String line : reader.lines().toList()) {
        String[] values = line.split(",", -1);
        Map<String, String> columns = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
          columns.put(names.get(i), values[i]);
        }
        runs.add(new CactiRun(spec(columns, flavour), columns));
      }
      return runs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SramSpec spec(Map<String, String> c, SramFlavour flavour) {
    return new SramSpec(
        Long.parseLong(c.get("size_B")),
        Integer.parseInt(c.get("width_bits")),
        Integer.parseInt(c.get("banks")),
        Integer.parseInt(c.get("rw_ports")),
        Integer.parseInt(c.get("rd_ports")),
        Integer.parseInt(c.get("wr_ports")),
        Double.parseDouble(c.get("tech_nm")),
        flavour);
  }

  boolean solved() {
    return columns.get("status").equals("ok");
  }

  double number(String column) {
    return Double.parseDouble(columns.get(column));
  }

  /**
   * Whether it was kept out of the fit: half of all sizes and widths, like the white squares of a
   * chess board; more than one port swaps the colours, and so does doubling the banks.
   */
  boolean heldOut() {
    int ports = spec.ports() == 1 ? 0 : 1;
    return (log2(spec.sizeBytes()) + log2(spec.widthBits()) + log2(spec.banks()) + ports) % 2 == 1;
  }

  private static int log2(long powerOfTwo) {
    return Long.numberOfTrailingZeros(powerOfTwo);
  }

  /** The organisation that CACTI chose or was given. */
  SramOrganisation organisation() {
    int ndwl = (int) number("ndwl");
    int ndbl = (int) number("ndbl");
    int nspd = (int) number("nspd");
    int perOutput = (int) (number("ndcm") * number("ndsam1") * number("ndsam2"));
    long columns = (long) spec.widthBits() * nspd / ndwl;
    long bits = 4 * columns / perOutput;
    return new SramOrganisation(
        ndwl,
        ndbl,
        nspd,
        (int) number("ndcm"),
        (int) number("ndsam1"),
        (int) number("ndsam2"),
        spec.sizeBytes() / spec.banks() * 8 / ((long) spec.widthBits() * ndbl * nspd),
        columns,
        bits,
        (int) (spec.widthBits() / bits));
  }
}
