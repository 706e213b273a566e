package org.einloom.component.memory;

import java.util.List;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.Derivation;
import org.einloom.component.Given;
import org.einloom.component.Kind;
import org.einloom.component.Rate;
import org.einloom.component.Value;

/**
 * Memory chips with their interface: energy per bit moved, whatever the access pattern; bandwidth
 * of the pins; power without traffic. Their area is not on the chip that uses them and counts as 0.
 */
public final class Dram implements ComponentModel {
  private static final Attribute TYPE =
      Attribute.word("type", DramFamily.NAMES, "family of memory chips");

  private static final Attribute WIDTH =
      Attribute.number("width", Kind.WIDTH, 1, 1 << 20, "bits of an access").or(64);

  private static final Attribute BANDWIDTH =
      Attribute.number(
              "bandwidth",
              Kind.BANDWIDTH,
              1,
              8e18,
              "of the interface; left out: the family's data rate times its pins")
          .optional();

  private static final Attribute CHANNELS =
      Attribute.number("channels", Kind.COUNT, 1, 1 << 16, "modules, packages or stacks").or(1);

  private static final Attribute SIZE =
      Attribute.number("size", Kind.SIZE, 1, 8e18, "capacity; no figure depends on it").optional();

  /** Row, column and transfer of a read that meets a closed row, of every family. */
  private static final double LATENCY_NS = 50;

  @Override
  public String componentClass() {
    return "dram";
  }

  @Override
  public String description() {
    return "memory chips outside, by family: DDR, LPDDR, GDDR, HBM";
  }

  @Override
  public String model() {
    return "Einloom memory chips 1";
  }

  @Override
  public List<Attribute> attributes() {
    return List.of(TYPE, WIDTH, BANDWIDTH, CHANNELS, SIZE);
  }

  @Override
  public Costs estimate(Attributes a) {
    DramFamily family = DramFamily.valueOf(a.word(TYPE.name()));
    double width = a.number(WIDTH.name());
    double channels = a.number(CHANNELS.name());
    double pins = family.pins() * channels;
    double bitsPerSecond =
        a.optional(BANDWIDTH.name()).orElse(family.gigabitsPerPin() * 1e9 * pins);
    ActionEstimate access =
        new ActionEstimate(
            family.energyPjPerBit().times(width, "bits"),
            Given.assumed(LATENCY_NS, "read of a closed row", "typical of all families"),
            a.whole(WIDTH.name()),
            new Rate.Fixed(bitsPerSecond / width));
    return Costs.ofMemory(
            access,
            access,
            Derivation.zero("not on this chip"),
            family.backgroundUw().times(channels, "modules, packages or stacks"))
        .noting(
            List.of(
                "%s GB/s (%s)"
                    .formatted(
                        shown(bitsPerSecond / 8e9),
                        a.has(BANDWIDTH.name())
                            ? "as given"
                            : "%s Gb/s on each of %s data pins"
                                .formatted(shown(family.gigabitsPerPin()), shown(pins)))));
  }

  private static String shown(double number) {
    return Value.of(Math.round(number * 1e6) / 1e6).toString();
  }
}
