package org.einloom.io.timeloop.accelergy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.einloom.component.Attributes;
import org.einloom.io.timeloop.accelergy.Match.Part;

/** Accelergy's classes of arithmetic, logic and wires. */
final class ArithmeticClasses {
  private static final List<String> COMPUTES =
      List.of(
          "compute",
          "mac",
          "mac_random",
          "add",
          "add_random",
          "multiply",
          "mult",
          "mult_random",
          "compare",
          "count",
          "process",
          "shift",
          "switch",
          "access",
          // the exercises of Timeloop and Accelergy let adders and multipliers 'read'
          "read");
  private static final List<String> TRANSFERS = List.of("transfer", "transfer_random");
  private static final String[] WIDTHS = {"datawidth", "width", "n_bits", "precision"};

  private ArithmeticClasses() {}

  static Match integerMac(Given g) {
    Attributes a = MemoryClasses.logic(g);
    if (g.has("multiplier_width") || g.has("adder_width")) {
      a = a.with("format", "int" + g.bits("the bits of the operands", "multiplier_width"));
      OptionalDouble sum = g.count(1, "adder_width");
      a = sum.isPresent() ? a.with("accumulator", "int" + (long) sum.getAsDouble()) : a;
    } else {
      a = a.with("format", integer(g));
    }
    return computing(g, "unit", "mac", a);
  }

  static Match floatMac(Given g) {
    return computing(g, "unit", "mac", MemoryClasses.logic(g).with("format", floating(g)));
  }

  static Match integer(Given g, String componentClass) {
    return computing(g, "unit", componentClass, MemoryClasses.logic(g).with("format", integer(g)));
  }

  static Match integerMultiplier(Given g) {
    Attributes a = MemoryClasses.logic(g);
    if (g.has("multiplicand_width") || g.has("width_a")) {
      a =
          a.with("format", "int" + g.bits("both widths", "multiplicand_width", "width_a"))
              .with("weight_format", "int" + g.bits("both widths", "multiplier_width", "width_b"));
    } else if (g.has("multiplier_width")) {
      a = a.with("format", "int" + g.bits("the bits of the operands", "multiplier_width"));
    } else {
      a = a.with("format", integer(g));
    }
    return computing(g, "unit", "multiplier", a);
  }

  static Match floating(Given g, String componentClass) {
    return computing(g, "unit", componentClass, MemoryClasses.logic(g).with("format", floating(g)));
  }

  static Match logic(Given g, String componentClass) {
    return computing(g, "unit", componentClass, MemoryClasses.logic(g).with("width", width(g)));
  }

  /** A register and an adder of its width. */
  static Match counter(Given g) {
    int width = width(g);
    Part register =
        new Part("register", "register", MemoryClasses.logic(g).with("width", width), 1);
    SequencedMap<String, String> writes = new LinkedHashMap<>();
    COMPUTES.forEach(name -> writes.put(name, "write"));
    Attributes adder = MemoryClasses.logic(g).with("format", "int" + Math.max(2, width));
    return Match.of(g.type(), register, writes)
        .and(new Part("adder", "adder", adder, 1), "compute", COMPUTES);
  }

  static Match mux(Given g) {
    Attributes a =
        MemoryClasses.logic(g)
            .with("width", width(g))
            .with("inputs", Math.max(2, g.count(1, "n_inputs", "inputs").orElse(2)));
    return computing(g, "unit", "mux", a);
  }

  /** A two-input multiplexer costs a slice of the unit that works bit by bit. */
  static Match bitwise(Given g) {
    Attributes a = MemoryClasses.logic(g).with("width", width(g)).with("inputs", 2);
    return computing(g, "unit", "mux", a);
  }

  static Match wire(Given g) {
    double um;
    if (g.word("length").filter(l -> l.endsWith("mm")).isPresent()) {
      um = 1000 * g.quantity("mm", "length").orElseThrow();
    } else {
      um = g.quantity("um", "length").orElseThrow(() -> g.missing("its length", "length"));
    }
    Attributes a = MemoryClasses.logic(g).with("width", width(g)).with("length", um);
    return transferring(g, "wire", a);
  }

  static Match crossbar(Given g) {
    Attributes a =
        MemoryClasses.logic(g)
            .with("width", width(g))
            .with("inputs", g.whole("its ways in", "n_inputs"))
            .with("outputs", g.whole("its ways out", "n_outputs"));
    return transferring(g, "crossbar", a);
  }

  static Match router(Given g) {
    Attributes a =
        MemoryClasses.logic(g)
            .with("width", g.bits("the bits of a flit", "flit_width", "datawidth", "width"));
    return transferring(g, "router", a);
  }

  private static Match computing(Given g, String name, String componentClass, Attributes a) {
    SequencedMap<String, String> actions = new LinkedHashMap<>();
    COMPUTES.forEach(c -> actions.put(c, "compute"));
    return Match.of(g.type(), new Part(name, componentClass, a, 1), actions);
  }

  private static Match transferring(Given g, String componentClass, Attributes a) {
    SequencedMap<String, String> actions = new LinkedHashMap<>();
    TRANSFERS.forEach(t -> actions.put(t, "transfer"));
    return Match.of(g.type(), new Part("way", componentClass, a, 1), actions);
  }

  private static int width(Given g) {
    return g.bits("the bits of a word", WIDTHS);
  }

  private static String integer(Given g) {
    return "int" + g.bits("the bits of the operands", WIDTHS);
  }

  /** By exponent and mantissa where these are given, else by the width. */
  private static String floating(Given g) {
    if (g.has("exponent") || g.has("mantissa")) {
      int exponent = g.bits("both", "exponent");
      int mantissa = g.bits("both", "mantissa");
      return switch (exponent + "+" + mantissa) {
        case "5+10" -> "fp16";
        case "8+7" -> "bf16";
        case "8+10" -> "tf32";
        case "8+23" -> "fp32";
        case "11+52" -> "fp64";
        case "5+2" -> "fp8_e5m2";
        case "4+3" -> "fp8_e4m3";
        default ->
            throw g.first("exponent")
                .orElseThrow()
                .at()
                .error(
                    "%s has numbers with %d bits of exponent and %d of mantissa"
                        .formatted(g.owner(), exponent, mantissa),
                    "expected 5 and 10, 8 and 7, 8 and 10, 8 and 23, 11 and 52, 5 and 2, or 4 and 3");
      };
    }
    int width = width(g);
    return switch (width) {
      case 16 -> "fp16";
      case 32 -> "fp32";
      case 64 -> "fp64";
      default ->
          throw g.first(WIDTHS)
              .orElseThrow()
              .at()
              .error(
                  "%s has floating-point numbers of %d b".formatted(g.owner(), width),
                  "expected 16, 32 or 64; or give 'exponent' and 'mantissa'");
    };
  }
}
