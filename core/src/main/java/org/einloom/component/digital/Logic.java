package org.einloom.component.digital;

import java.util.List;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.Kind;
import org.einloom.component.technology.Technology;
import org.einloom.workload.InvalidSpecException;

/**
 * Comparators, shifters and multiplexers, of words of so many bits or of a number format. A format
 * counts by its bits: floats are ordered like signed integers of their bits, and moved as they are.
 */
public final class Logic {
  /** The widest word of logic. */
  static final double WIDEST = 1 << 16;

  private static final List<Attribute> WORD =
      List.of(
          Attribute.number("width", Kind.WIDTH, 1, WIDEST, "bits of a word; or give a format")
              .optional(),
          Attribute.word("format", NumberFormat.NAMES, "number format of a word; or give a width")
              .optional());

  private static final Attribute INPUTS =
      Attribute.number("inputs", Kind.COUNT, 2, 1 << 16, "words to choose from").or(2);

  private Logic() {}

  /** The classes. */
  public static List<ComponentModel> models() {
    return List.of(
        new DigitalModel("comparator", "compares two words", WORD, a -> comparator(a).compute()),
        new DigitalModel(
            "shifter", "shifts a word by any number of bits", WORD, a -> shifter(a).compute()),
        new DigitalModel(
            "mux",
            "chooses one of several words",
            List.of(WORD.getFirst(), WORD.getLast(), INPUTS),
            Logic::mux));
  }

  private static double bits(String name, Attributes a) {
    if (a.has("width") == a.has("format")) {
      throw new InvalidSpecException(
          a.has("width")
              ? "component class '%s' has both a 'width' and a 'format'; expected one of them"
                  .formatted(name)
              : "component class '%s' needs 'width', bits of a word, or 'format'; expected for example '16 b', or 'fp16'"
                  .formatted(name));
    }
    return a.has("width") ? a.number("width") : Arithmetic.format(a).bits();
  }

  private static Part comparator(Attributes a) {
    return aladdin(a).comparatorBit().times(bits("comparator", a), "bits");
  }

  private static Part shifter(Attributes a) {
    double width = bits("shifter", a);
    double levels = Math.max(1, Math.ceil(Math.log(width) / Math.log(2) - 1e-9));
    return aladdin(a).shifterBit().times(width, "bits").times(levels, "levels");
  }

  private static Costs mux(Attributes a) {
    return mux(aladdin(a), bits("mux", a), a.number("inputs")).compute();
  }

  /** A tree of two-input multiplexers, all of which may switch. */
  static Part mux(Aladdin aladdin, double width, double inputs) {
    return aladdin
        .gateSlice()
        .times(width, "bits")
        .times(inputs - 1, "two-input multiplexers, each a slice of the unit");
  }

  static Aladdin aladdin(Attributes a) {
    return new Aladdin(Technology.of(a));
  }
}
