package org.einloom.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTest {
  private static final Catalog CATALOG = Catalog.installed();

  static List<String> classes() {
    return CATALOG.names();
  }

  @Test
  void einloomsOwnClassesAreFoundAsAService() {
    assertThat(CATALOG.names())
        .contains("register_file", "dram", "mac", "wire", "router", "chip_link", "softmax");
  }

  /** Whatever the attributes: a cost with figures that make sense, or a complaint. */
  @ParameterizedTest
  @MethodSource("classes")
  void randomComponents(String name) {
    long seed = Long.getLong("einloom.seed", System.nanoTime());
    var random = new Random(seed);
    ComponentModel model = CATALOG.model(name);
    int answered = 0;
    for (int i = 0; i < 300; i++) {
      Attributes attributes = any(model, random);
      String as = "seed " + seed + ": " + attributes;
      Estimate e;
      try {
        e = CATALOG.estimate(name, attributes);
      } catch (InvalidSpecException refused) {
        assertThat(refused.getMessage()).as(as).containsPattern("expected|use ");
        continue;
      }
      answered++;
      assertThat(e.actions()).as(as).isNotEmpty();
      e.actions()
          .forEach(
              (action, a) -> {
                assertThat(a.energyPj().value()).as(as).isFinite().isNotNegative();
                assertThat(a.latencyNs().value()).as(as).isFinite().isNotNegative();
                assertThat(a.rate().perCycle(1e9)).as(as).isPositive();
              });
      assertThat(e.areaUm2().value()).as(as).isFinite().isNotNegative();
      assertThat(e.leakageUw().value()).as(as).isFinite().isNotNegative();
      // the second time it is remembered
      assertThat(CATALOG.estimate(name, attributes)).isSameAs(e);
    }
    assertThat(answered).as("seed %d", seed).isGreaterThan(5);
  }

  private static Attributes any(ComponentModel model, Random random) {
    Attributes attributes = Attributes.NONE;
    for (Attribute a : model.attributes()) {
      if (!a.required() && random.nextBoolean()) {
        continue;
      }
      attributes = attributes.with(a.name(), any(a, random));
    }
    // most sizes are no whole number of words
    if (attributes.has("size") && attributes.has("width") && random.nextBoolean()) {
      double words = 8L << random.nextInt(8);
      attributes = attributes.with("size", attributes.number("width") * words);
    }
    return attributes;
  }

  private static Value any(Attribute a, Random random) {
    if (a.kind() == Kind.WORD) {
      return Value.of(a.words().get(random.nextInt(a.words().size())));
    }
    double least = Math.max(a.least(), Math.min(1e-3, a.most()));
    double number = least * Math.pow(a.most() / least, random.nextDouble());
    double clamped = Math.clamp(number, a.least(), a.most());
    return Value.of(a.kind().whole() ? Math.max(a.least(), Math.rint(clamped)) : clamped);
  }

  @Test
  void manyThreadsGetTheSameAnswers() {
    Catalog catalog = Catalog.installed();
    List<Estimate> all =
        IntStream.range(0, 4000)
            .parallel()
            .mapToObj(
                i ->
                    catalog.estimate(
                        "mac",
                        Attributes.NONE
                            .with("format", "int" + (2 + i % 40))
                            .with("technology", 45)))
            .toList();
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i)).isEqualTo(all.get(i % 40));
    }
  }

  @Test
  void messages() {
    refused("sarm", Attributes.NONE, "unknown component class 'sarm'; expected one of ");
    refused("registr_file", Attributes.NONE, "did you mean 'register_file'?");
    refused(
        "adder", Attributes.NONE, "needs 'format', number format of the operands; expected one");
    Attributes adder = Attributes.NONE.with("format", "int8");
    refused("adder", adder, "needs 'technology', feature size of the process; expected a tech");
    refused("adder", adder.with("technology", 3), "'technology' is 3 nm; expected 5 nm to 130 nm");
    refused("adder", adder.with("tecnology", 5), "did you mean 'technology'?");
    refused("adder", adder.with("format", "fp6"), "'format' is fp6; expected one of int2");
    refused("adder", adder.with("format", 8), "'format' is 8; expected one of int2");
    refused("adder", adder.with("technology", "45nm"), "expected a technology such as '65nm'");
    refused(
        "register_file",
        Attributes.NONE.with("technology", 45).with("size", 100).with("width", 8),
        "'size' is 100 b, which is no whole number of words of 8 b; expected a multiple");
    refused(
        "mac",
        Attributes.NONE.with("technology", 45).with("format", "fp16").with("accumulator", "int32"),
        "products of fp16 cannot be summed up as int32; expected a float, fp32 say");
  }

  private static void refused(String name, Attributes attributes, String message) {
    assertThatThrownBy(() -> CATALOG.estimate(name, attributes))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aClassOfTheSameNameIsRefused() {
    ComponentModel mac = CATALOG.model("mac");
    assertThatThrownBy(() -> CATALOG.with(mac))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("there is a component class 'mac' already");
  }
}
