package org.einloom.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Design;
import org.einloom.arch.RoleWidths;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Workload;

/**
 * Widths of words that the command line sets. They go before those of the architecture and, for all
 * tensors of the role, before those of the workload.
 */
record Bits(Map<String, Integer> byRole) {
  private static final List<String> ROLES = RoleWidths.ROLES;

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
    return widths().apply(d);
  }

  Workload apply(Workload w) {
    return widths().apply(w);
  }

  private RoleWidths widths() {
    return new RoleWidths(byRole);
  }
}
