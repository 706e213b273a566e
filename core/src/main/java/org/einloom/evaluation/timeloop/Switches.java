package org.einloom.evaluation.timeloop;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.einloom.evaluation.timeloop.sparse.Correction;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Spelling;

/**
 * Which of Timeloop's rules are changed, each by a name of ours and, where Timeloop has one, by
 * that of its environment variable.
 *
 * @param on those that are on; none of them is by default
 */
public record Switches(Set<Switch> on) {
  /** Timeloop as it comes. */
  public static final Switches NONE = new Switches(Set.of());

  public Switches {
    on = on.isEmpty() ? Set.of() : java.util.Collections.unmodifiableSet(EnumSet.copyOf(on));
  }

  /** One change of a rule. */
  public enum Switch {
    /** Neighbours hand nothing on to each other. */
    NO_LINKS("TIMELOOP_DISABLE_LINK_TRANSFERS", true),
    /** The first and the last of a row or column are neighbours. */
    TOROIDAL_LINKS("TIMELOOP_ENABLE_TOROIDAL_LINKS", true),
    /** Also the first update of a word of the result reads it. */
    NO_FIRST_READ_ELISION("TIMELOOP_ENABLE_FIRST_READ_ELISION", false),
    /** Partial results are added up where they are, except by the outermost storage. */
    UPDATED_RMW("TIMELOOP_ENABLE_UPDATED_RMW", true),
    /** All iterations of loops in time are walked, not only the first two and the last. */
    NO_EXTRAPOLATION("TIMELOOP_DISABLE_TEMPORAL_EXTRAPOLATION", true),
    /** Of a tile that moves along several axes, or turns, only what is new is fetched. */
    NO_REFETCH("", true),
    /** A tile is the words that are touched, not all between the first and the last. */
    NO_BOXES("", true),
    /** Children share every word that several of them ask for, not only tiles that are equal. */
    SHARED_WORDS("", true),
    /** Of children that add up a word, one is filled with its starting value, not each. */
    ONE_FILLED("", true),
    /** Results that leave are read. */
    DRAINS_READ("", true),
    /** Vector accesses may be fractions. */
    NO_CEILINGS("", true),
    /** Time is what the busiest element computes, not the product of padded loops. */
    NO_PADDING("", true),
    /** The area of every compute counts, not that of one, and of levels that keep nothing. */
    ALL_AREA("", true),
    /** Computes whose operands' reads are gated take their time. */
    GATING_TAKES_TIME("", true),
    /** All tiles of a banded tensor are looked at. */
    EXACT_BANDS("", true),
    /** Entries of CP and B ranks are not rounded up for each fiber. */
    NO_FIBER_CEILINGS("", true),
    /** What a level leaves out is taken off the metadata inside, too. */
    METADATA_FOLLOWS("", true);

    private final String environment;
    private final boolean onWhenSet;

    Switch(String environment, boolean onWhenSet) {
      this.environment = environment;
      this.onWhenSet = onWhenSet;
    }

    /** {@code no-links}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Those of them that are about sparse tensors. */
  Set<Correction> corrections() {
    return on.stream()
        .map(Switch::name)
        .filter(CORRECTIONS::contains)
        .map(Correction::valueOf)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static final Set<String> CORRECTIONS =
      java.util.Arrays.stream(Correction.values())
          .map(Enum::name)
          .collect(Collectors.toUnmodifiableSet());

  /** Whether it is on. */
  public boolean has(Switch s) {
    return on.contains(s);
  }

  /**
   * Reads names with commas between them: {@code no-links}, {@code TIMELOOP_DISABLE_LINK_TRANSFERS}
   * (which means {@code =1}) or {@code TIMELOOP_ENABLE_FIRST_READ_ELISION=0}.
   *
   * @throws InvalidSpecException naming what is unknown
   */
  public static Switches parse(String text) {
    var on = EnumSet.noneOf(Switch.class);
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      int equals = name.indexOf('=');
      String key = equals < 0 ? name : name.substring(0, equals).strip();
      Switch s = find(key);
      boolean set = true;
      if (equals >= 0) {
        String value = name.substring(equals + 1).strip();
        if (key.equals(s.label()) || !(value.equals("0") || value.equals("1"))) {
          throw new InvalidSpecException(
              "'%s' is no switch of the accounting timeloop; expected '%s' or '%s=0' or '=1'"
                  .formatted(name, s.label(), s.environment));
        }
        set = value.equals("1");
      }
      if (key.equals(s.label()) || set == s.onWhenSet) {
        on.add(s);
      }
    }
    return new Switches(on);
  }

  private static Switch find(String key) {
    List<String> known = new ArrayList<>();
    for (Switch s : Switch.values()) {
      known.add(s.label());
      if (!s.environment.isEmpty()) {
        known.add(s.environment);
      }
      if (key.equals(s.label()) || (key.equals(s.environment) && !key.isEmpty())) {
        return s;
      }
    }
    throw new InvalidSpecException(
        "unknown switch '%s' of the accounting timeloop; expected one of %s%s"
            .formatted(
                key,
                String.join(", ", known),
                Spelling.nearest(key, known).map(n -> "; did you mean '" + n + "'?").orElse("")));
  }

  /** {@code timeloop}, {@code timeloop:no-links,updated-rmw}. */
  public String policyName() {
    return on.isEmpty()
        ? "timeloop"
        : on.stream().map(Switch::label).collect(Collectors.joining(",", "timeloop:", ""));
  }
}
