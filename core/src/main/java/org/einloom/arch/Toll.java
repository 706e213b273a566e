package org.einloom.arch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;

/**
 * A place that words pay to pass and that holds none of them: a converter, a link, a quantiser. It
 * merges nothing, and no mapping mentions it.
 *
 * @param name unique in the architecture
 * @param tensors what it charges for, by tensor name, role label or {@link Keep#ALL}; words of all
 *     other tensors pass uncounted
 * @param actions by name, in file order: {@code read} is charged for words on their way to the
 *     computes, {@code update} for words on their way from them. At least one; a way without an
 *     action costs nothing
 * @param sharedPort whether both ways share one port, so that their times add up; otherwise the
 *     slower decides
 * @param areaUm2 per instance
 * @param leakageUw per instance
 */
public record Toll(
    String name,
    Set<String> tensors,
    SequencedMap<String, Action> actions,
    boolean sharedPort,
    Figure areaUm2,
    Figure leakageUw)
    implements Node {
  /** The action charged for words on their way to the computes. */
  public static final String DOWN = "read";

  /** The action charged for words on their way from the computes. */
  public static final String UP = "update";

  /** What actions a toll can have. */
  public static final List<String> ACTIONS = List.of(DOWN, UP);

  public Toll {
    tensors = Set.copyOf(tensors);
    actions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(actions));
    if (tensors.isEmpty()) {
      throw new InvalidSpecException(
          "toll '" + name + "' charges for no tensor; expected at least one, or all");
    }
    for (String action : actions.keySet()) {
      if (!ACTIONS.contains(action)) {
        throw new InvalidSpecException(
            "toll '" + name + "' has an action '" + action + "'; expected read or update");
      }
    }
    if (actions.isEmpty()) {
      throw new InvalidSpecException(
          "toll '"
              + name
              + "' charges for nothing; expected action read (words towards the computes), update"
              + " (words from them), or both");
    }
  }

  /** Whether words of this tensor are counted here and charged for. */
  public boolean charges(TensorAccess tensor) {
    return Keep.names(tensors, tensor);
  }

  /** The action of that name, if words on that way cost anything. */
  public Optional<Action> action(String action) {
    return Optional.ofNullable(actions.get(action));
  }
}
