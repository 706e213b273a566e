package org.einloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shipped designs against what is published about them, and against what they say of
 * themselves.
 */
class ShippedFiguresTest {
  /** A product as sources write it: {@code 59.34 pJ x 0.633 (1.2 V to 1.0 V) x 4 (accesses)}. */
  private static final Pattern PRODUCT =
      Pattern.compile(
          "(?<![\\d.])(\\d+(?:\\.\\d+)?) pJ((?: x \\d+(?:\\.\\d+)?(?: \\([^)]*\\))?)+)");

  private static final Pattern FACTOR = Pattern.compile(" x (\\d+(?:\\.\\d+)?)");

  static Stream<Architecture> designs() {
    return Shipped.architectures().keySet().stream().map(Shipped::architecture);
  }

  @Test
  void theDesignsAreShipped() {
    assertThat(Shipped.architectures().keySet())
        .contains("teaching", "eyeriss", "nvdla", "tpu-v1", "simba", "edge-npu");
  }

  @ParameterizedTest
  @MethodSource("designs")
  void isNamedAsItsFile(Architecture design) {
    assertThat(Shipped.architecture(design.name())).isEqualTo(design);
  }

  @ParameterizedTest
  @MethodSource("designs")
  void everyFigureSaysWhereItComesFrom(Architecture design) {
    for (Node node : design.nodes()) {
      for (Figure figure : figures(node)) {
        if (figure.value() != 0) {
          assertThat(figure.source())
              .as("%s of %s of %s", figure, node.name(), design.name())
              .isNotBlank();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("designs")
  void energiesAreWhatTheirSourcesMultiplyTo(Architecture design) {
    for (Node node : design.nodes()) {
      for (Action action : actions(node)) {
        Matcher m = PRODUCT.matcher(action.energyPj().source());
        if (!m.find()) {
          continue;
        }
        double product = Double.parseDouble(m.group(1));
        Matcher factors = FACTOR.matcher(m.group(2));
        while (factors.find()) {
          product *= Double.parseDouble(factors.group(1));
        }
        assertThat(action.energyPj().value())
            .as("'%s' of %s of %s", m.group(), node.name(), design.name())
            .isCloseTo(product, Percentage.withPercentage(0.5));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"eyeriss, 9", "nvdla, 8", "tpu-v1, 10", "simba, 11", "edge-npu, 11"})
  void mostEnergiesAreDerivedInTheOpen(String name, int atLeast) {
    assertThat(
            Shipped.architecture(name).nodes().stream()
                .flatMap(n -> actions(n).stream())
                .map(Action::energyPj)
                .filter(f -> f.derivation().isPresent() || PRODUCT.matcher(f.source()).find()))
        .hasSizeGreaterThanOrEqualTo(atLeast);
  }

  /** What an energy is by the files' own products, before component classes gave it. */
  @ParameterizedTest
  @CsvSource({
    // CACTI 7 and Stillmaker & Baas 2017
    "eyeriss, FilterBuffer, read, 11.13, 0.633", // 8 KiB x 64 b at 65 nm, 1.2 V to 1.0 V
    "eyeriss, FilterBuffer, write, 14.69, 0.633",
    "nvdla, CBUF, read, 72.92, 0.590", // 512 KiB x 512 b at 22 nm to 16 nm, 0.8 V
    "nvdla, CBUF, write, 76.06, 0.590",
    "tpu-v1, UnifiedBuffer, read, 781.1, 0.6636", // 8 MiB x 512 b at 32 nm 1.0 V to 28 nm 0.9 V
    "simba, WeightBuffer, read, 10.25, 1.235", // 32 KiB x 512 b at 22 nm 0.8 V to 16 nm 1.1 V
    "simba, WeightBuffer, write, 23.67, 1.235",
    // Aladdin
    "tpu-v1, WeightRegister, read, 0.072, 0.5878",
    "nvdla, WeightRegister, write, 0.072, 0.1653",
  })
  void componentClassesAreNearPublishedRows(
      String name, String memory, String action, double rowPj, double scaling) {
    Memory m = (Memory) Shipped.architecture(name).node(memory);
    assertThat(Optional.ofNullable(m.actions().get(action)).orElseThrow().energyPj().value())
        .isCloseTo(rowPj * scaling, Percentage.withPercentage(12));
  }

  /** Computes per cycle and their product with the clock, in GMAC/s, as published. */
  @ParameterizedTest
  @CsvSource({
    "teaching, 16, 1.6, 0.01",
    "eyeriss, 168, 33.6, 0.01", // peak throughput at 200 MHz, JSSC 2017, section VI
    "nvdla, 2048, 2048, 0.01", // primer: 2048 MACs at 1 GHz
    "tpu-v1, 65536, 46000, 1", // 92 TOPS, Table 2
    "simba, 36864, 64000, 4", // 128 TOPS, abstract
  })
  void peakIsAsPublished(String name, double macs, double gmacs, double percent) {
    Architecture design = Shipped.architecture(name);
    Compute compute = design.compute();
    double perCycle = design.instances(compute) * compute.compute().perCycle();
    assertThat(perCycle).isEqualTo(macs);
    assertThat(perCycle * design.clockHz() / 1e9)
        .isCloseTo(gmacs, Percentage.withPercentage(percent));
  }

  /** Capacity of all instances together, in bytes, as published. */
  @ParameterizedTest
  @CsvSource({
    "eyeriss, FilterBuffer|GlobalBuffer, 110592", // 108 kB: 27 banks of 512 x 64 b
    "eyeriss, IfmapSpad, 4032", // 168 x 24
    "eyeriss, FilterSpad, 75264", // 168 x 448
    "eyeriss, PsumSpad, 8064", // 168 x 48
    "nvdla, CBUF, 524288",
    "nvdla, CACC, 17408", // 136 B x 128
    "tpu-v1, UnifiedBuffer|Accumulators, 29360128", // 28 MiB
    "tpu-v1, WeightFifo, 262144", // four tiles of 64 KiB
    "tpu-v1, WeightRegister, 65536", // the tile in use
    "simba, GlobalBuffer|InputBuffer|WeightBuffer|AccumulationBuffer, 27721728", // 36 x 752 KiB
  })
  void capacityIsAsPublished(String name, String memories, long bytes) {
    Architecture design = Shipped.architecture(name);
    long bits = 0;
    for (String memory : memories.split("\\|")) {
      Memory m = (Memory) design.node(memory);
      bits += m.capacityBits().orElseThrow() * design.instances(m);
    }
    assertThat(bits).isEqualTo(8 * bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "eyeriss, 0.48",
    "nvdla, 20",
    "tpu-v1, 34",
  })
  void dramBandwidthIsAsPublished(String name, double gigabytesPerSecond) {
    Architecture design = Shipped.architecture(name);
    for (Action action : design.memories().getFirst().actions().values()) {
      assertThat(action.perCycle() * action.widthBits() / 8 * design.clockHz() / 1e9)
          .isCloseTo(gigabytesPerSecond, within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("designs")
  void nearerMemoriesCostLess(Architecture design) {
    assertThat(design.memories().getFirst().capacityBits()).isEmpty();
    for (String role : List.of("input", "weight", "output")) {
      List<Memory> chain = design.memories().stream().filter(m -> mayKeep(m, role)).toList();
      assertThat(chain).as("memories of %s for %s", design.name(), role).hasSizeGreaterThan(1);
      for (int i = 1; i < chain.size(); i++) {
        assertThat(readPjPerBit(chain.get(i)))
            .as("%s below %s", chain.get(i).name(), chain.get(i - 1).name())
            .isPositive()
            .isLessThan(readPjPerBit(chain.get(i - 1)));
      }
    }
  }

  private static boolean mayKeep(Memory memory, String role) {
    return Stream.of(memory.keep().must(), memory.keep().may())
        .flatMap(Set::stream)
        .anyMatch(n -> n.equals("all") || n.equals(role));
  }

  private static double readPjPerBit(Memory memory) {
    Action read = memory.actions().get("read");
    assertThat(read).as("the action 'read' of " + memory.name()).isNotNull();
    assertThat(read.widthBits()).as("its width").isPositive();
    return read.energyPj().value() / read.widthBits();
  }

  private static List<Action> actions(Node node) {
    return switch (node) {
      case Memory m -> List.copyOf(m.actions().values());
      case Toll t -> List.copyOf(t.actions().values());
      case Fanout f -> f.transfer().stream().toList();
      case Compute c -> List.of(c.compute());
    };
  }

  private static List<Figure> figures(Node node) {
    var figures = new ArrayList<Figure>();
    figures.add(node.areaUm2());
    figures.add(node.leakageUw());
    actions(node).forEach(a -> figures.add(a.energyPj()));
    return figures;
  }
}
