package org.einloom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Workload.DistinctLayer;

/** The widths of words that a workload sets itself. */
final class OwnWidths {
  private OwnWidths() {}

  /** Bits by tensor; {@code partial} are those of the result while it is not complete. */
  static Map<String, Integer> of(Einsum einsum) {
    var bits = new LinkedHashMap<String, Integer>();
    for (TensorAccess t : einsum.tensors()) {
      t.bits().ifPresent(b -> bits.put(t.name(), b));
    }
    einsum.output().partialBits().ifPresent(b -> bits.put("partial", b));
    return bits;
  }

  /** What to say of them: nothing where there are none. */
  static List<String> lines(List<DistinctLayer> layers) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (DistinctLayer l : layers) {
      counts.merge(shown(of(l.layer().einsum())), 1, Integer::sum);
    }
    if (counts.keySet().stream().allMatch(String::isEmpty)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "widths that the file sets (ONNX by integer types, YAML by 'bits'); all others are the"
            + " architecture's:");
    counts.forEach(
        (widths, n) -> lines.add("  " + (widths.isEmpty() ? "none" : widths) + "  (" + n + ")"));
    return lines;
  }

  private static String shown(Map<String, Integer> bits) {
    return bits.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue() + " b")
        .collect(Collectors.joining(", "));
  }
}
