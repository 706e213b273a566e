package org.einloom.explore.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.evaluation.Objective;
import org.einloom.workload.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WireTest {
  /** One of everything. */
  private record Everything(
      String text,
      boolean truth,
      int small,
      long large,
      double number,
      Role role,
      Optional<Objective> some,
      Optional<String> none,
      OptionalInt someInt,
      OptionalLong noLong,
      OptionalDouble someDouble,
      List<String> list,
      Set<String> set,
      Map<String, Integer> map,
      SequencedMap<String, Double> ordered) {}

  private static Everything everything(Set<String> set, Map<String, Integer> map) {
    var ordered = new LinkedHashMap<String, Double>();
    ordered.put("z", -0.0);
    ordered.put("a", Double.NaN);
    return new Everything(
        "\u00e4 \ud83d\ude00",
        true,
        -3,
        1L << 60,
        Math.nextUp(0.1),
        Role.WEIGHT,
        Optional.of(Objective.EDP),
        Optional.empty(),
        OptionalInt.of(7),
        OptionalLong.empty(),
        OptionalDouble.of(Double.POSITIVE_INFINITY),
        List.of("b", "a", "b"),
        set,
        map,
        ordered);
  }

  @Test
  @DisplayName("a record comes back equal, maps in their order")
  void roundTrip() {
    Everything e = everything(Set.of("x", "y"), Map.of("k", 1, "l", 2));
    Everything back = Wire.read(Wire.bytes(e), Everything.class);
    assertThat(back).isEqualTo(e);
    assertThat(back.ordered().sequencedKeySet()).containsExactly("z", "a");
  }

  @Test
  @DisplayName("equal records have equal bytes, in whatever order their sets and maps come")
  void digests() {
    var map = new java.util.HashMap<String, Integer>();
    List.of("c", "b", "a").forEach(k -> map.put(k, k.length()));
    Everything one = everything(Set.of("p", "q", "r"), map);
    Everything other =
        everything(
            new java.util.LinkedHashSet<>(List.of("r", "q", "p")), Map.of("b", 1, "a", 1, "c", 1));
    assertThat(other).isEqualTo(one);
    assertThat(Wire.bytes(other)).isEqualTo(Wire.bytes(one));
    assertThat(Wire.digest(one))
        .hasSize(32)
        .isEqualTo(Wire.digest(other))
        .isNotEqualTo(Wire.digest(everything(Set.of("p"), map)));
  }

  @Test
  @DisplayName("bytes that were cut off or are of another class are refused")
  void wrong() {
    byte[] bytes = Wire.bytes(everything(Set.of(), Map.of()));
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Wire.read(part, Everything.class))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Wire.read(bytes, Objective.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bytes of no Objective");
  }

  @Test
  @DisplayName("no class but Einloom's own is made of bytes")
  void foreign() {
    record Name(String value) {}
    byte[] bytes = Wire.bytes(new Name("x"));
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] other =
        text.replace("org.einloom.", "org.foreign.")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Wire.read(other, Name.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("bytes of a org.foreign.");
  }

  @Test
  @DisplayName("what is no data has no bytes")
  void noBytes() {
    record Holder(Object value) {}
    assertThatThrownBy(() -> Wire.bytes(new Holder(new Object())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no bytes for a java.lang.Object");
  }
}
