package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.network.KindUse;
import org.einloom.workload.LayerKind;
import org.einloom.workload.Workload.NotCosted;
import org.jspecify.annotations.Nullable;

/** A comparison as comma-separated values, a row per design; what is not known is empty. */
public final class CompareCsv {
  private CompareCsv() {}

  /** All rows below a row of names, UTF-8, by RFC 4180. */
  public static byte[] write(List<Contender> contenders) {
    Set<LayerKind> kinds = new LinkedHashSet<>();
    contenders.forEach(c -> c.summary().kinds().forEach(k -> kinds.add(k.kind())));
    List<List<String>> rows = new ArrayList<>();
    for (Contender c : contenders) {
      Map<String, @Nullable Object> row = row(c, contenders.getFirst(), kinds);
      if (rows.isEmpty()) {
        rows.add(List.copyOf(row.keySet()));
      }
      rows.add(row.values().stream().map(v -> v == null ? "" : v.toString()).toList());
    }
    return Csv.bytes(rows);
  }

  /** By the names of the columns, which are the same for all. */
  private static Map<String, @Nullable Object> row(
      Contender c, Contender first, Set<LayerKind> kinds) {
    var row = new LinkedHashMap<String, @Nullable Object>(CompareData.facts(c));
    row.putAll(CompareData.metrics(m -> m.of(c)));
    CompareData.ratios(c, first).forEach((key, ratio) -> row.put(key + "Ratio", ratio));
    row.put("operatorsLeftOut", c.summary().notCosted().stream().mapToLong(NotCosted::count).sum());
    for (LayerKind kind : kinds) {
      KindUse use =
          c.summary().kinds().stream()
              .filter(k -> k.kind().equals(kind))
              .findFirst()
              .orElse(KindUse.none(kind));
      var values = KindJson.of(use);
      values.remove("kind");
      values.forEach((key, value) -> row.put(kind.label() + "." + key, value));
    }
    return row;
  }
}
