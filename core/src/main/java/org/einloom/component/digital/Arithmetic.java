package org.einloom.component.digital;

import java.util.List;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.technology.Technology;
import org.einloom.workload.InvalidSpecException;

/** Adders and multipliers of any format. */
public final class Arithmetic {
  static final Attribute FORMAT =
      Attribute.word("format", NumberFormat.NAMES, "number format of the operands");

  private Arithmetic() {}

  /** The classes. */
  public static List<ComponentModel> models() {
    return List.of(
        new DigitalModel(
            "adder",
            "adds two numbers",
            List.of(FORMAT),
            a -> horowitz(a).adder(format(a)).compute()),
        new DigitalModel(
            "multiplier",
            "multiplies two numbers",
            List.of(FORMAT, other("weight_format")),
            Arithmetic::multiplier));
  }

  /** The format of the second operand, where it differs. */
  static Attribute other(String name) {
    return Attribute.word(
            name, NumberFormat.NAMES, "number format of the second operand; left out: the same")
        .optional();
  }

  private static Costs multiplier(Attributes a) {
    return horowitz(a).multiplier(format(a), second(a)).compute();
  }

  static Horowitz horowitz(Attributes a) {
    return new Horowitz(Technology.of(a));
  }

  static NumberFormat format(Attributes a) {
    return NumberFormat.named(a.word(FORMAT.name()));
  }

  static NumberFormat second(Attributes a) {
    NumberFormat first = format(a);
    if (!a.has("weight_format")) {
      return first;
    }
    NumberFormat second = NumberFormat.named(a.word("weight_format"));
    if (first.isFloat() != second.isFloat()) {
      throw new InvalidSpecException(
          "operands of %s and %s cannot be multiplied; expected two integers or two floats"
              .formatted(first.name(), second.name()));
    }
    return second;
  }
}
