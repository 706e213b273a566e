package org.einloom.component.digital;

import java.util.ArrayList;
import java.util.List;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Kind;

/**
 * Units for what stands between matrix products, one element at a time. How each is built from
 * adders, multipliers and tables is a choice, stated at each; others can be described as compound
 * classes.
 */
public final class Activation {
  private static final int SEGMENTS = 16;

  private static final Attribute LENGTH =
      Attribute.number(
              "length", Kind.COUNT, 1, 1e9, "elements that share one maximum, sum or variance")
          .or(1024)
          .ofData();

  private Activation() {}

  /** The classes. */
  public static List<ComponentModel> models() {
    return List.of(
        model("relu", "max(x, 0)", List.of(), a -> relu(new Parts(a))),
        model("exponential", "exp(x), piecewise linear", List.of(), a -> table(new Parts(a))),
        model("divider", "x / y, a bit at a time", List.of(), a -> divider(new Parts(a))),
        model("square_root", "sqrt(x), a bit at a time", List.of(), a -> divider(new Parts(a))),
        model("maximum", "max(x, y)", List.of(), a -> maximum(new Parts(a))),
        model("softmax", "softmax, per element", List.of(LENGTH), Activation::softmax),
        model(
            "normalisation",
            "normalisation by mean and variance, with scale and shift, per element",
            List.of(LENGTH),
            Activation::normalisation));
  }

  private interface Builder {
    Part build(Attributes attributes);
  }

  private static ComponentModel model(
      String name, String description, List<Attribute> more, Builder builder) {
    var attributes = new ArrayList<Attribute>();
    attributes.add(Arithmetic.FORMAT);
    attributes.addAll(more);
    return new DigitalModel(name, description, attributes, a -> builder.build(a).compute());
  }

  /** The parts in one format and technology. */
  private record Parts(Aladdin aladdin, Horowitz horowitz, NumberFormat format) {
    Parts(Attributes a) {
      this(Logic.aladdin(a), Arithmetic.horowitz(a), Arithmetic.format(a));
    }

    Part add() {
      return horowitz.adder(format);
    }

    Part multiply() {
      return horowitz.multiplier(format, format);
    }

    /** Bits that a division finds one by one. */
    int digits() {
      return format.isFloat() ? format.significandBits() : format.bits();
    }
  }

  /** The sign gates every bit. */
  private static Part relu(Parts p) {
    return p.aladdin().gateSlice().times(p.format().bits(), "bits gated by the sign");
  }

  private static Part maximum(Parts p) {
    return Part.chain(
        "comparator and multiplexer",
        p.aladdin().comparatorBit().times(p.format().bits(), "bits"),
        Logic.mux(p.aladdin(), p.format().bits(), 2));
  }

  /** Slope and offset of one of 16 segments from constants, a product and a sum. */
  private static Part table(Parts p) {
    return Part.chain(
        "16 segments: slope, offset, product, sum",
        Logic.mux(p.aladdin(), 2.0 * p.format().bits(), SEGMENTS),
        p.multiply(),
        p.add());
  }

  /** One subtraction, choice and register for every bit of the result, in the same hardware. */
  private static Part divider(Parts p) {
    int bits = p.digits();
    Part step =
        Part.chain(
            "one bit: subtraction, multiplexer, register",
            p.horowitz().adder(NumberFormat.ofInt(bits)),
            Logic.mux(p.aladdin(), bits, 2),
            p.aladdin().registerBit().times(bits, "bits"));
    return new Part(
        step.energyPj().times(bits, "bits of the result"),
        step.latencyNs().times(bits, "bits of the result"),
        step.areaUm2(),
        step.leakageUw());
  }

  private static Part softmax(Attributes a) {
    Parts p = new Parts(a);
    double share = 1 / a.number("length");
    return Part.chain(
        "maximum, subtraction, exp, sum, product by the reciprocal sum",
        maximum(p),
        p.add(),
        table(p),
        p.add(),
        divider(p).used(share, "one reciprocal for all elements"),
        p.multiply());
  }

  private static Part normalisation(Attributes a) {
    Parts p = new Parts(a);
    double share = 1 / a.number("length");
    return Part.chain(
        "sum, sum of squares, less mean, by deviation, scale, shift",
        p.add(),
        p.multiply(),
        p.add(),
        p.add(),
        divider(p).used(2 * share, "one root and one reciprocal for all elements"),
        p.multiply(),
        p.multiply(),
        p.add());
  }
}
