package org.einloom.component.digital;

import java.util.List;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.Kind;
import org.einloom.component.technology.Technology;

/** Comparators, shifters and multiplexers. */
public final class Logic {
  /** The widest word of logic. */
  static final double WIDEST = 1 << 16;

  static final Attribute WIDTH = Attribute.number("width", Kind.WIDTH, 1, WIDEST, "bits of a word");

  private static final Attribute INPUTS =
      Attribute.number("inputs", Kind.COUNT, 2, 1 << 16, "words to choose from").or(2);

  private Logic() {}

  /** The classes. */
  public static List<ComponentModel> models() {
    return List.of(
        new DigitalModel(
            "comparator", "compares two words", List.of(WIDTH), a -> comparator(a).compute()),
        new DigitalModel(
            "shifter",
            "shifts a word by any number of bits",
            List.of(WIDTH),
            a -> shifter(a).compute()),
        new DigitalModel(
            "mux", "chooses one of several words", List.of(WIDTH, INPUTS), Logic::mux));
  }

  private static Part comparator(Attributes a) {
    return aladdin(a).comparatorBit().times(a.number("width"), "bits");
  }

  private static Part shifter(Attributes a) {
    double width = a.number("width");
    double levels = Math.max(1, Math.ceil(Math.log(width) / Math.log(2) - 1e-9));
    return aladdin(a).shifterBit().times(width, "bits").times(levels, "levels");
  }

  private static Costs mux(Attributes a) {
    return mux(aladdin(a), a.number("width"), a.number("inputs")).compute();
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
