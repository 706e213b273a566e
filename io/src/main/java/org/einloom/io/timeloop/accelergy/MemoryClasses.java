package org.einloom.io.timeloop.accelergy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.einloom.component.Attributes;
import org.einloom.io.timeloop.accelergy.Match.Part;

/** Accelergy's classes of memories. */
final class MemoryClasses {
  private static final List<String> ACCESSES = List.of("read", "write", "update");
  private static final int NARROWEST_INTEGER = 2;
  private static final int WIDEST_INTEGER = 64;

  private MemoryClasses() {}

  static Match sram(Given g) {
    double width = width(g);
    OptionalDouble both = g.count(0, "n_rdwr_ports", "n_rw_ports", "n_ports");
    OptionalDouble reads = g.count(0, "n_rd_ports");
    OptionalDouble writes = g.count(0, "n_wr_ports");
    boolean apart = reads.orElse(0) + writes.orElse(0) > 0;
    Attributes a =
        logic(g)
            .with("size", width * depth(g))
            .with("width", width)
            .with("banks", g.count(1, "n_banks").orElse(1))
            .with("ports", both.orElse(apart ? 0 : 1))
            .with("read_ports", reads.orElse(0))
            .with("write_ports", writes.orElse(0));
    return Match.of(g.type(), new Part("storage", "sram", a, 1), accesses());
  }

  static Match registerFile(Given g) {
    double width = width(g);
    Attributes a = logic(g).with("size", width * depth(g)).with("width", width);
    return Match.of(g.type(), new Part("storage", "register_file", a, 1), accesses());
  }

  static Match fifo(Given g) {
    double width = width(g);
    Attributes a = logic(g).with("size", width * depth(g)).with("width", width);
    SequencedMap<String, String> actions = accesses();
    actions.put("push", "write");
    actions.put("pop", "read");
    return Match.of(g.type(), new Part("queue", "fifo", a, 1), actions);
  }

  static Match register(Given g) {
    Attributes a = logic(g).with("width", width(g));
    SequencedMap<String, String> actions = accesses();
    actions.put("access", "write");
    return Match.of(g.type(), new Part("register", "register", a, 1), actions);
  }

  /** A smart buffer: a memory, and an adder for the addresses of reads and one for writes. */
  static Match addressed(Match memory, Given g) {
    int bits = (int) Math.max(1, Math.ceil(Math.log(depth(g)) / Math.log(2) - 1e-9));
    int format = Math.clamp(bits, NARROWEST_INTEGER, WIDEST_INTEGER);
    Attributes a = logic(g).with("format", "int" + format);
    return memory.and(new Part("address generators", "adder", a, 2), "compute", ACCESSES);
  }

  static Match dram(Given g) {
    String type = g.word("type").map(t -> t.toUpperCase(Locale.ROOT)).orElse("LPDDR4");
    Attributes a = Attributes.NONE.with("type", type).with("width", width(g));
    Match match = Match.of(g.type(), new Part("chips", "dram", a, 1), accesses());
    return g.has("type")
        ? match
        : match.noting("no 'type' of memory chips is given: LPDDR4, as in Accelergy");
  }

  /** Bits of an access: a block of words. */
  static double width(Given g) {
    if (g.first("width", "memory_width").isPresent()) {
      return g.bits("the bits of an access", "width", "memory_width");
    }
    double word =
        g.bits(
            "the bits of an access", "datawidth", "word-bits", "word_bits", "n_bits", "precision");
    return word * g.count(1, "block-size", "block_size").orElse(1);
  }

  private static double depth(Given g) {
    return g.whole("how many blocks it holds", "depth", "entries", "memory_depth");
  }

  /** What every class of logic and on-chip memory takes. */
  static Attributes logic(Given g) {
    Attributes a = Attributes.NONE.with("technology", g.nanometres());
    OptionalDouble volts = g.quantity("v", "voltage", "vdd");
    return volts.isPresent() ? a.with("voltage", volts.getAsDouble()) : a;
  }

  private static SequencedMap<String, String> accesses() {
    var actions = new LinkedHashMap<String, String>();
    actions.put("read", "read");
    actions.put("write", "write");
    actions.put("update", "write");
    return actions;
  }
}
