package org.einloom.io.yaml;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;

/** Writes workloads of Einsums as YAML that reads back as the same. */
public final class WorkloadWriter {
  private WorkloadWriter() {}

  /**
   * The text.
   *
   * @param name of the workload
   * @param einsums with names of their own, and no partial widths of their own
   * @param heading lines to begin with, as comments
   */
  public static String write(String name, List<Einsum> einsums, List<String> heading) {
    var out = new StringBuilder();
    heading.forEach(line -> out.append("# ").append(line).append('\n'));
    out.append("einloom: 1\nworkload:\n  name: ")
        .append(MappingWriter.scalar(name))
        .append("\n  einsums:\n");
    einsums.forEach(e -> einsum(e, out));
    return out.toString();
  }

  private static void einsum(Einsum e, StringBuilder out) {
    var extents = new LinkedHashMap<String, String>();
    for (RankVariable v : e.variables()) {
      extents.put(v.name(), Long.toString(v.extent()));
    }
    out.append("  - name: ").append(MappingWriter.scalar(e.name()));
    line(out, "extents", Written.map(extents));
    line(out, "expression", "\"" + expression(e) + "\"");
    if (!e.operation().equals(Einsum.MAC)) {
      line(out, "operation", MappingWriter.scalar(e.operation()));
    }
    var shapes = new LinkedHashMap<String, String>();
    var bits = new LinkedHashMap<String, String>();
    for (TensorAccess t : e.tensors()) {
      if (!t.ranks().stream().allMatch(r -> r.size() == touched(r.expression(), e))) {
        shapes.put(
            t.tensor(),
            t.ranks().stream()
                .map(r -> Long.toString(r.size()))
                .collect(Collectors.joining(", ", "[", "]")));
      }
      t.bits().ifPresent(n -> bits.put(t.tensor(), n + " b"));
    }
    if (!shapes.isEmpty()) {
      line(out, "shapes", Written.map(shapes));
    }
    Map<String, String> roles = roles(e);
    if (!roles.isEmpty()) {
      line(out, "roles", Written.map(roles));
    }
    if (!bits.isEmpty()) {
      line(out, "bits", Written.map(bits));
    }
    out.append('\n');
  }

  private static void line(StringBuilder out, String key, String value) {
    out.append("\n    ").append(key).append(": ").append(value);
  }

  /** Uses of one tensor are told apart by their order, not by name. */
  private static String expression(Einsum e) {
    return written(e.output())
        + " += "
        + e.operands().stream().map(WorkloadWriter::written).collect(Collectors.joining(" * "));
  }

  private static String written(TensorAccess t) {
    return t.tensor()
        + t.ranks().stream()
            .map(r -> r.expression().toString())
            .collect(Collectors.joining(",", "[", "]"));
  }

  /** The coordinates from 0 to the largest that is touched: what is inferred. */
  private static long touched(Affine rank, Einsum e) {
    long largest = rank.offset();
    for (Affine.Term t : rank.terms()) {
      largest += Math.max(0, t.coefficient() * (e.extent(t.variable()) - 1));
    }
    return largest + 1;
  }

  /** Those that are not what is taken without a word: the second operand is a weight. */
  private static Map<String, String> roles(Einsum e) {
    boolean usual = true;
    for (int i = 0; i < e.operands().size(); i++) {
      usual &= e.operands().get(i).role() == (i == 1 ? Role.WEIGHT : Role.INPUT);
    }
    var roles = new LinkedHashMap<String, String>();
    for (TensorAccess t : new LinkedHashSet<>(usual ? List.of() : e.operands())) {
      roles.put(t.name(), t.role().label());
    }
    return roles;
  }
}
