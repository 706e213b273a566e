package org.einloom.arch;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.einloom.workload.Workload;

/**
 * Widths of words that a user sets by role. They go before those of the architecture and, for all
 * tensors of the role, before those of the workload.
 *
 * @param byRole bits; roles that are missing keep what they have
 */
public record RoleWidths(Map<String, Integer> byRole) {
  /** What results have that are not complete yet. */
  private static final String PARTIAL = "partial";

  /** The roles that have a width. */
  public static final List<String> ROLES = List.of("input", "weight", "output", PARTIAL);

  public RoleWidths {
    byRole = Map.copyOf(byRole);
  }

  /** The design with these widths. */
  public Design apply(Design d) {
    Widths w = d.first().widths();
    var widths =
        new Widths(
            byRole.getOrDefault("input", w.input()),
            byRole.getOrDefault("weight", w.weight()),
            byRole.getOrDefault("output", w.output()),
            byRole.getOrDefault(PARTIAL, w.partial()));
    return d.withWidths(widths);
  }

  /** The workload without widths of its own for these roles. */
  public Workload apply(Workload w) {
    return new Workload(
        w.name(),
        w.layers().stream().map(this::apply).toList(),
        w.notCosted(),
        w.parameters(),
        w.links());
  }

  private Layer apply(Layer l) {
    Einsum e = l.einsum();
    var einsum =
        new Einsum(
            e.name(),
            e.variables(),
            e.operands().stream().map(this::apply).toList(),
            apply(e.output()),
            e.operation());
    return new Layer(l.name(), l.operator(), einsum, l.macs());
  }

  private TensorAccess apply(TensorAccess t) {
    return t.withBits(
        byRole.containsKey(t.role().label()) ? OptionalInt.empty() : t.bits(),
        byRole.containsKey(PARTIAL) ? OptionalInt.empty() : t.partialBits());
  }
}
