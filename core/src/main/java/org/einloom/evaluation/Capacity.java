package org.einloom.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.einloom.arch.Architecture;
import org.einloom.arch.Memory;
import org.einloom.counts.ComponentCounts.Occupancy;
import org.einloom.counts.Counts;
import org.einloom.workload.Checked;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;

/** Whether the tiles that a mapping keeps fit the memories that keep them. */
public final class Capacity {
  private Capacity() {}

  /**
   * Returns when every memory holds the largest tiles kept there.
   *
   * @throws InvalidSpecException naming the outermost memory that does not, what it holds, what it
   *     would have to hold, and what would help
   */
  public static void check(Einsum einsum, Architecture architecture, Counts counts) {
    for (Memory memory : architecture.memories()) {
      if (memory.capacityBits().isPresent()) {
        var occupancy = counts.component(memory.name()).occupancy();
        check(einsum, architecture.widths(), memory, occupancy);
      }
    }
  }

  /** Whether every memory holds the largest tiles kept there. */
  static boolean fits(Einsum einsum, Architecture architecture, Counts counts) {
    for (Memory memory : architecture.memories()) {
      var occupancy = counts.component(memory.name()).occupancy();
      double needed =
          heldBits(einsum, architecture.widths(), memory, occupancy).values().stream()
              .mapToDouble(Long::doubleValue)
              .sum();
      if (memory.capacityBits().isPresent()
          && needed > (double) memory.capacityBits().getAsLong()) {
        return false;
      }
    }
    return true;
  }

  private static void check(
      Einsum einsum, Widths widths, Memory memory, Map<String, Occupancy> occupancy) {
    long needed = 0;
    List<String> parts = new ArrayList<>();
    for (var held : heldBits(einsum, widths, memory, occupancy).entrySet()) {
      needed = Checked.add(needed, held.getValue(), whatIsHeld(memory));
      parts.add(held.getKey() + " " + bitsAsText(held.getValue()));
    }
    long capacity = memory.capacityBits().orElse(Long.MAX_VALUE);
    if (needed > capacity) {
      throw new InvalidSpecException(
          "%s holds %s; the mapping of '%s' needs %s (%s): use smaller tiles there, let a tensor bypass it, or raise its size to %s"
              .formatted(
                  memory.name(),
                  bitsAsText(capacity),
                  einsum.name(),
                  bitsAsText(needed),
                  String.join(", ", parts),
                  bitsAsText(needed)));
    }
  }

  /** By tensor, the bits of the largest tile that an instance of the memory holds. */
  static SequencedMap<String, Long> heldBits(
      Einsum einsum, Widths widths, Memory memory, Map<String, Occupancy> occupancy) {
    var bits = new LinkedHashMap<String, Long>();
    for (TensorAccess tensor : einsum.tensors()) {
      Occupancy held = occupancy.get(tensor.name());
      if (held != null) {
        int width = held.partial() ? widths.partialOf(tensor) : widths.of(tensor);
        bits.put(tensor.name(), Checked.multiply(held.words(), width, whatIsHeld(memory)));
      }
    }
    return bits;
  }

  private static String whatIsHeld(Memory memory) {
    return "what memory '" + memory.name() + "' has to hold";
  }

  /** A size, exactly, in the largest unit that needs no fraction: {@code 18 KiB}, {@code 3 b}. */
  public static String bitsAsText(long bits) {
    if (bits % 8 != 0) {
      return bits + " b";
    }
    long value = bits / 8;
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    while (value != 0 && value % 1024 == 0 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return value + " " + units[unit];
  }
}
