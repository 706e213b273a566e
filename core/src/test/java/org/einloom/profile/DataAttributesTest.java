package org.einloom.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Design;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.profile.DataAttributes.Use;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.junit.jupiter.api.Test;

/** What measured data says of components. */
class DataAttributesTest {
  private static final Widths WIDTHS = new Widths(8, 4, 8, 32);

  /** 2 x 3 words of 8 b times 3 x 10 words of 4 b make 2 x 10 words of 8 b. */
  private static final Einsum PRODUCT =
      new Einsum(
          "product",
          List.of(new RankVariable("m", 2), new RankVariable("k", 3), new RankVariable("n", 10)),
          List.of(
              access("input", "input", Role.INPUT, "m", 2, "k", 3),
              access("weight", "weight", Role.WEIGHT, "k", 3, "n", 10)),
          access("output", "output", Role.OUTPUT, "m", 2, "n", 10));

  private static TensorAccess access(
      String name, String tensor, Role role, String a, long sizeA, String b, long sizeB) {
    return new TensorAccess(
        name,
        tensor,
        role,
        List.of(
            new TensorAccess.Rank(Affine.of(a), sizeA), new TensorAccess.Rank(Affine.of(b), sizeB)),
        OptionalInt.empty());
  }

  private static TensorProfile tensor(
      String name, double density, double toggle, String... formats) {
    List<BitStatistics> bits = new ArrayList<>();
    for (String f : formats) {
      bits.add(
          new BitStatistics(BitFormat.named(f), 1, density, List.of(), OptionalDouble.of(toggle)));
    }
    return new TensorProfile(
        name, "float32", false, 1, List.of(), 1, density, 0, new Histogram(0, 0, List.of()), bits);
  }

  private static Profile profile(
      SequencedMap<String, SequencedMap<String, String>> layers, TensorProfile... tensors) {
    var byName = new LinkedHashMap<String, TensorProfile>();
    for (TensorProfile t : tensors) {
      byName.put(t.name(), t);
    }
    return new Profile("net", "x", byName, layers);
  }

  private static SequencedMap<String, String> names(String input, String weight, String output) {
    var names = new LinkedHashMap<String, String>();
    names.put("input", input);
    names.put("weight", weight);
    names.put("output", output);
    return names;
  }

  /** One layer that is known. */
  private static Profile one() {
    var layers = new LinkedHashMap<String, SequencedMap<String, String>>();
    layers.put("product", names("x", "w", "y"));
    return profile(
        layers,
        tensor("x", 0.5, 0.1, "int8"),
        tensor("w", 0.8, 0.3, "int4"),
        tensor("y", 1, 0.2, "int8"));
  }

  private static Design design(Keep keep) {
    List<Node> nodes =
        List.of(
            new Memory(
                "DRAM",
                OptionalLong.empty(),
                Keep.MUST_ALL,
                new LinkedHashMap<>(),
                true,
                Figure.NONE,
                Figure.NONE),
            new Memory(
                "Buffer",
                OptionalLong.empty(),
                keep,
                new LinkedHashMap<>(),
                true,
                Figure.NONE,
                Figure.NONE),
            new Compute(
                "MAC",
                Set.of(),
                new Action("compute", Figure.NONE, 0, 1),
                Figure.NONE,
                Figure.NONE));
    return Design.of(new Architecture("small", 1e9, "", WIDTHS, nodes, List.of()));
  }

  private static LayerData data(Profile profile, String... layers) {
    return LayerData.of(profile, List.of(layers), PRODUCT, WIDTHS);
  }

  @Test
  void zerosGoWithTheProductOfTheDensities() {
    var a = DataAttributes.of(data(one(), "product"), design(Keep.MAY_ALL));
    assertThat(a.of("MAC", "zeros").orElseThrow()).isCloseTo(1 - 0.5 * 0.8, within(1e-12));
    assertThat(a.of("DRAM", "zeros")).isEmpty();
    assertThat(a.of("MAC", "length")).isEmpty();
    assertThat(a.of("Nothing", "zeros")).isEmpty();
    assertThat(a.uses()).hasSize(1);
    Einsum sums =
        new Einsum("sums", PRODUCT.variables(), PRODUCT.operands(), PRODUCT.output(), "add");
    LayerData data = LayerData.of(one(), List.of("product"), sums, WIDTHS);
    assertThat(DataAttributes.of(data, design(Keep.MAY_ALL)).of("MAC", "zeros")).isEmpty();
  }

  /** 6 words of 8 b, 30 of 4 b, 20 of 8 b. */
  @Test
  void togglesOfAMemoryAreTheMeanByBits() {
    var all = DataAttributes.of(data(one(), "product"), design(Keep.MAY_ALL));
    assertThat(all.of("Buffer", "toggle").orElseThrow())
        .isCloseTo((48 * 0.1 + 120 * 0.3 + 160 * 0.2) / (48 + 120 + 160), within(1e-12));
    var weights =
        DataAttributes.of(data(one(), "product"), design(new Keep(Set.of(), Set.of("weight"))));
    assertThat(weights.of("Buffer", "toggle")).isEqualTo(OptionalDouble.of(0.3));
    assertThat(weights.uses())
        .containsExactly(new Use.Measured("Buffer", "toggle", 0.3, List.of("weight")));
  }

  /** Energies are linear in these attributes: the mean over occurrences gives their sum. */
  @Test
  void repetitionsHaveTheirMean() {
    var layers = new LinkedHashMap<String, SequencedMap<String, String>>();
    layers.put("a", names("x", "w", "y"));
    layers.put("b", names("y", "w", "z"));
    Profile p =
        profile(
            layers,
            tensor("x", 0.5, 0.1, "int8"),
            tensor("w", 0.8, 0.3, "int4"),
            tensor("y", 1, 0.2, "int8"),
            tensor("z", 0, 0.4, "int8"));
    TensorData input = data(p, "a", "b").tensors().get("input");
    assertThat(input.density()).isCloseTo(0.75, within(1e-12));
    assertThat(input.toggle().orElseThrow()).isCloseTo(0.15, within(1e-12));
    assertThat(p.density(List.of("a", "b"), "output")).isEqualTo(OptionalDouble.of(0.5));
    // one that is not known leaves no mean
    assertThat(data(p, "a", "c").tensors()).isEmpty();
    assertThat(p.density(List.of("a", "c"), "output")).isEmpty();
  }

  @Test
  void whatIsNotKnownLeavesTheDefault() {
    var layers = new LinkedHashMap<String, SequencedMap<String, String>>();
    var names = names("x", "w", "y");
    names.remove("weight");
    layers.put("product", names);
    Profile p = profile(layers, tensor("x", 0.5, 0.1, "int8"), tensor("y", 1, 0.2, "int8"));
    var a = DataAttributes.of(data(p, "product"), design(Keep.MAY_ALL));
    assertThat(a.of("MAC", "zeros")).isEmpty();
    assertThat(a.of("Buffer", "toggle")).isEmpty();
    assertThat(a.uses())
        .containsExactly(
            new Use.Unknown("MAC", "zeros", List.of("weight")),
            new Use.Unknown("Buffer", "toggle", List.of("weight")));
    assertThat(DataAttributes.none().of("MAC", "zeros")).isEmpty();
  }

  /** An element times itself is 0 where it is 0; times the others anywhere. */
  @Test
  void aTensorTimesItself() {
    TensorAccess first = access("a", "a", Role.INPUT, "m", 2, "k", 3);
    for (boolean same : new boolean[] {true, false}) {
      Einsum square =
          new Einsum(
              "square",
              List.of(new RankVariable("m", 2), new RankVariable("k", 3), new RankVariable("n", 2)),
              List.of(first, access("a#2", "a", Role.WEIGHT, same ? "m" : "n", 2, "k", 3)),
              access("o", "o", Role.OUTPUT, "m", 2, "n", 2));
      var layers = new LinkedHashMap<String, SequencedMap<String, String>>();
      var names = new LinkedHashMap<String, String>();
      names.put("a", "x");
      names.put("a#2", "x");
      layers.put("square", names);
      Profile p = profile(layers, tensor("x", 0.5, 0.1, "int8", "int4"));
      LayerData data = LayerData.of(p, List.of("square"), square, WIDTHS);
      assertThat(DataAttributes.of(data, design(Keep.MAY_ALL)).of("MAC", "zeros"))
          .isEqualTo(OptionalDouble.of(same ? 0.5 : 0.75));
    }
  }

  @Test
  void wordsOfAnotherWidthAreRefused() {
    var layers = new LinkedHashMap<String, SequencedMap<String, String>>();
    layers.put("product", names("x", "w", "y"));
    Profile p =
        profile(
            layers,
            tensor("x", 0.5, 0.1, "int8"),
            tensor("w", 0.8, 0.3, "int8", "fp16"),
            tensor("y", 1, 0.2, "int8"));
    assertThatThrownBy(() -> data(p, "product"))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("no statistics of words of 4 b, which 'weight' of layer 'product'")
        .hasMessageContaining("it has int8,fp16; profile again with --formats int8,fp16,int4");
  }
}
