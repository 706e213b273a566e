package org.einloom.component.wire;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.einloom.component.ActionEstimate;
import org.einloom.component.Attribute;
import org.einloom.component.Attributes;
import org.einloom.component.ComponentModel;
import org.einloom.component.Costs;
import org.einloom.component.Derivation;
import org.einloom.component.Given;
import org.einloom.component.Kind;
import org.einloom.component.Rate;

/**
 * Links between chips: energy per bit of both ends together. No figure here was found in a paper;
 * they are what makers and standards are remembered to state.
 */
public final class ChipLink implements ComponentModel {
  private enum Standard {
    GRS(1.285, 0.82, 1.75, 100, "Simba's ground-referenced signalling, Shao et al., MICRO 2019"),
    UCIE_ADVANCED(0.25, 0, 0, 1024, "UCIe 1.0, advanced package (silicon bridge)"),
    UCIE_STANDARD(0.5, 0, 0, 512, "UCIe 1.0, standard package"),
    NVLINK_C2C(1.3, 0, 0, 3600, "NVIDIA on NVLink-C2C"),
    PCIE5(5, 0, 0, 512, "order of magnitude of 32 Gb/s lanes, 16 lanes"),
    SERDES(5, 0, 0, 112, "order of magnitude of long-reach lanes of 112 Gb/s");

    private final double pjPerBit;
    private final double least;
    private final double most;
    private final double gigabitsPerSecond;
    private final String source;

    Standard(double pjPerBit, double least, double most, double gigabitsPerSecond, String source) {
      this.pjPerBit = pjPerBit;
      this.least = least;
      this.most = most;
      this.gigabitsPerSecond = gigabitsPerSecond;
      this.source = source;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    Derivation energyPjPerBit() {
      Given given = Given.remembered(pjPerBit, label() + ", per bit, both ends", source);
      return least > 0 ? given.within(least / pjPerBit, most / pjPerBit) : given;
    }
  }

  private static final List<String> NAMES =
      Stream.of(Standard.values()).map(Standard::label).toList();
  private static final double LATENCY_NS = 20;

  private static final Attribute TYPE = Attribute.word("type", NAMES, "kind of link");
  private static final Attribute WIDTH =
      Attribute.number("width", Kind.WIDTH, 1, 1 << 20, "bits of a transfer");
  private static final Attribute BANDWIDTH =
      Attribute.number(
              "bandwidth", Kind.BANDWIDTH, 1, 8e18, "in each direction; left out: of the kind")
          .optional();

  @Override
  public String componentClass() {
    return "chip_link";
  }

  @Override
  public String description() {
    return "link between chips in a package or on a board";
  }

  @Override
  public String model() {
    return "Einloom links 1";
  }

  @Override
  public List<Attribute> attributes() {
    return List.of(TYPE, WIDTH, BANDWIDTH);
  }

  @Override
  public Costs estimate(Attributes a) {
    Standard standard = Standard.valueOf(a.word("type").toUpperCase(Locale.ROOT));
    double width = a.number("width");
    double bitsPerSecond = a.optional("bandwidth").orElse(standard.gigabitsPerSecond * 1e9);
    return Costs.of(
            "transfer",
            new ActionEstimate(
                standard.energyPjPerBit().times(width, "bits"),
                Given.assumed(LATENCY_NS, "latency", "order of magnitude of all kinds"),
                a.whole("width"),
                new Rate.Fixed(bitsPerSecond / width)),
            Derivation.leftOut("left out"),
            Derivation.leftOut("left out"))
        .noting(List.of("area and idle power are left out"));
  }
}
