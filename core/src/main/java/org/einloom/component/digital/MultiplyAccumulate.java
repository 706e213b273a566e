package org.einloom.component.digital;

import java.util.List;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.Derivation;
import org.einloom.component.Factor;
import org.einloom.component.Kind;
import org.einloom.component.Rate;
import org.einloom.component.technology.Technology;
import org.einloom.workload.InvalidSpecException;

/**
 * Multipliers with an adder behind them. With {@code zero_gating} neither switches when an operand
 * is zero, which costs a detector of zeros per operand and operation (Eyeriss, JSSC 2017, section
 * V-B has such a unit).
 */
public final class MultiplyAccumulate {
  private static final int GUARD_BITS = 8;

  private static final Attribute ACCUMULATOR =
      Attribute.word(
              "accumulator",
              NumberFormat.NAMES,
              "number format of the sum; left out: integers as wide as a product and 8 b, or fp32")
          .optional();

  private static final Attribute GATING =
      Attribute.word("zero_gating", List.of("yes", "no"), "whether zero operands stop the unit")
          .or("no");

  private static final Attribute ZEROS =
      Attribute.number("zeros", Kind.NUMBER, 0, 1, "share of operations with a zero operand")
          .or(0)
          .ofData();

  private MultiplyAccumulate() {}

  /** The class {@code mac}. */
  public static ComponentModel model() {
    return new DigitalModel(
        "mac",
        "multiplies two numbers and adds the product to a sum",
        List.of(Arithmetic.FORMAT, Arithmetic.other("weight_format"), ACCUMULATOR, GATING, ZEROS),
        MultiplyAccumulate::costs);
  }

  private static Costs costs(Attributes a) {
    NumberFormat first = Arithmetic.format(a);
    NumberFormat second = Arithmetic.second(a);
    NumberFormat sum = accumulator(a, first, second);
    Horowitz horowitz = Arithmetic.horowitz(a);
    Part both =
        Part.chain("product and sum", horowitz.multiplier(first, second), horowitz.adder(sum));
    if (a.word(GATING.name()).equals("no")) {
      return both.compute();
    }
    Part detector =
        new Aladdin(Technology.of(a))
            .gateSlice()
            .times(first.bits() + second.bits(), "bits of both operands looked at");
    double active = 1 - a.number(ZEROS.name());
    Derivation gated =
        both.energyPj().times(Factor.exact(active, "share of operations without a zero operand"));
    Part all = Part.chain("multiply-accumulate and detector of zeros", both, detector);
    return Costs.of(
        "compute",
        new ActionEstimate(
            Derivation.sum(
                "what is not gated, and the detector of zeros", gated, detector.energyPj()),
            all.latencyNs(),
            0,
            Rate.onePerCycle()),
        all.areaUm2(),
        all.leakageUw());
  }

  private static NumberFormat accumulator(Attributes a, NumberFormat first, NumberFormat second) {
    if (!a.has(ACCUMULATOR.name())) {
      return first.isFloat()
          ? NumberFormat.named("fp32")
          : NumberFormat.ofInt(first.bits() + second.bits() + GUARD_BITS);
    }
    NumberFormat sum = NumberFormat.named(a.word(ACCUMULATOR.name()));
    if (sum.isFloat() != first.isFloat()) {
      throw new InvalidSpecException(
          "products of %s cannot be summed up as %s; expected %s"
              .formatted(
                  first.name(),
                  sum.name(),
                  first.isFloat() ? "a float, fp32 say" : "an integer, int32 say"));
    }
    return sum;
  }
}
