package org.einloom.io.timeloop.accelergy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Words;

/**
 * The classes of Accelergy that Einloom knows parts for. Names are compared without regard to case.
 *
 * <p>What the classes and attributes mean is taken from Accelergy's class library and from the
 * components of the Timeloop and Accelergy exercises (Wu, Emer and Sze, ICCAD 2019).
 */
final class AccelergyClasses {
  private static final Map<String, Function<Given, Match>> KNOWN = new LinkedHashMap<>();
  private static final List<String> NAMES = new ArrayList<>();

  static {
    add(MemoryClasses::sram, "SRAM", "cacti_SRAM");
    add(g -> MemoryClasses.addressed(MemoryClasses.sram(g), g), "smartbuffer", "smartbuffer_SRAM");
    add(MemoryClasses::registerFile, "regfile", "aladdin_regfile");
    add(g -> MemoryClasses.addressed(MemoryClasses.registerFile(g), g), "smartbuffer_RF");
    add(MemoryClasses::register, "reg", "register", "aladdin_register");
    add(MemoryClasses::fifo, "FIFO");
    add(MemoryClasses::dram, "DRAM", "cacti_DRAM");
    add(ArithmeticClasses::integerMac, "mac", "intmac");
    add(ArithmeticClasses::floatMac, "fpmac");
    add(g -> ArithmeticClasses.integer(g, "adder"), "adder", "intadder", "aladdin_adder");
    add(g -> ArithmeticClasses.floating(g, "adder"), "fpadder");
    add(ArithmeticClasses::integerMultiplier, "multiplier", "intmultiplier", "aladdin_multiplier");
    add(g -> ArithmeticClasses.floating(g, "multiplier"), "fpmultiplier");
    add(g -> ArithmeticClasses.logic(g, "comparator"), "comparator", "aladdin_comparator");
    add(ArithmeticClasses::counter, "counter", "aladdin_counter");
    add(g -> ArithmeticClasses.logic(g, "shifter"), "shifter", "aladdin_shifter");
    add(ArithmeticClasses::mux, "mux", "aladdin_mux");
    add(ArithmeticClasses::bitwise, "bitwise", "aladdin_bitwise");
    add(ArithmeticClasses::wire, "wire");
    add(ArithmeticClasses::crossbar, "crossbar", "aladdin_crossbar");
    add(ArithmeticClasses::router, "router");
  }

  private AccelergyClasses() {}

  private static void add(Function<Given, Match> rule, String... names) {
    for (String name : names) {
      KNOWN.put(name.toLowerCase(Locale.ROOT), rule);
      NAMES.add(name);
    }
  }

  /** The names of all classes that are matched. */
  static List<String> names() {
    return List.copyOf(NAMES);
  }

  /** Whether there is such a class. */
  static boolean knows(String type) {
    return KNOWN.containsKey(type.toLowerCase(Locale.ROOT));
  }

  /**
   * What a component is made of.
   *
   * @throws InputException if its class is not known, or says too little
   */
  static Match match(Given given) {
    return Optional.ofNullable(KNOWN.get(given.type().toLowerCase(Locale.ROOT)))
        .orElseThrow(() -> unknown(given))
        .apply(given);
  }

  private static InputException unknown(Given given) {
    return given
        .at()
        .error(
            "%s is of class %s, which matches none of Einloom's component classes"
                .formatted(given.owner(), Words.quote(given.type())),
            "expected one of " + String.join(", ", NAMES),
            Words.didYouMean(given.type(), NAMES),
            "or define it under 'compound_components', or give a table of energies (ERT)");
  }
}
