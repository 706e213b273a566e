package org.einloom.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.einloom.arch.Design;
import org.einloom.io.input.Words;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.einloom.workload.Workload;

/**
 * Widths of words that the command line sets. They go before those of the architecture and, for all
 * tensors of the role, before those of the workload.
 */
record Bits(Map<String, Integer> byRole) {
  private static final String PARTIAL = "partial";
  private static final List<String> ROLES = List.of("input", "weight", "output", PARTIAL);

  /** Reads arguments like {@code weight=8}. */
  static Bits parse(List<String> arguments) {
    Map<String, Integer> byRole = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String role = equals < 0 ? argument : argument.substring(0, equals);
      if (!ROLES.contains(role)) {
        throw new InvalidSpecException(
            "--bits %s: unknown role %s; expected %s, as in --bits weight=8%s"
                .formatted(
                    argument,
                    Words.quote(role),
                    String.join(", ", ROLES),
                    Names.guess(role, ROLES)));
      }
      if (byRole.put(role, number(argument, equals)) != null) {
        throw new InvalidSpecException("--bits sets the width of " + role + " twice");
      }
    }
    return new Bits(Map.copyOf(byRole));
  }

  private static int number(String argument, int equals) {
    try {
      int n = equals < 0 ? 0 : Integer.parseInt(argument.substring(equals + 1));
      if (n >= 1 && n <= 1024) {
        return n;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidSpecException(
        "--bits " + argument + ": expected a whole number of bits from 1 to 1024, as in weight=8");
  }

  Design apply(Design d) {
    Widths w = d.first().widths();
    var widths =
        new Widths(
            byRole.getOrDefault("input", w.input()),
            byRole.getOrDefault("weight", w.weight()),
            byRole.getOrDefault("output", w.output()),
            byRole.getOrDefault(PARTIAL, w.partial()));
    return d.withWidths(widths);
  }

  Workload apply(Workload w) {
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
