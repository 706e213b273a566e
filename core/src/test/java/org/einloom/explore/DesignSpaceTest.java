package org.einloom.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.einloom.component.Value;
import org.einloom.component.expression.ExpressionParser;
import org.einloom.explore.engine.ListedPoints;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Points of design spaces, counted by hand. */
class DesignSpaceTest {
  private static final Axis MACS = Axis.of("macs", List.of(Value.of(32), Value.of(64)));
  private static final Axis PRESET = Axis.of("preset", List.of(Value.of("deep"), Value.of("high")));

  private static List<String> points(DesignSpace space) {
    List<String> points = new ArrayList<>();
    for (long i = 0; i < space.size(); i++) {
      space.point(i).ifPresent(p -> points.add(p.toString()));
    }
    return points;
  }

  @Test
  @DisplayName("all combinations, the last parameter changing fastest")
  void combinations() {
    assertThat(points(new DesignSpace(List.of(MACS, PRESET), List.of(), List.of())))
        .containsExactly(
            "macs=32, preset=deep",
            "macs=32, preset=high",
            "macs=64, preset=deep",
            "macs=64, preset=high");
  }

  @Test
  @DisplayName("values that follow by arithmetic and by cases, and conditions on them")
  void dependents() {
    var cases = new LinkedHashMap<Value, Value>();
    cases.put(Value.of("deep"), Value.of(0.1));
    cases.put(Value.of("high"), Value.of(0.5));
    var flash = new Dependent("flash", new Dependent.Rule.Cases("preset", cases));
    String formula = "100 * flash * macs";
    var rate =
        new Dependent(
            "rate",
            new Dependent.Rule.Formula(
                formula, ExpressionParser.parse(formula, List.of("macs", "flash"))));
    var condition =
        ConditionParser.parse(
            "rate >= 640 and preset != deep or macs == 32 and rate < 1e3",
            List.of("macs", "flash", "rate"),
            Map.of("preset", Set.of("deep", "high")));
    var space = new DesignSpace(List.of(MACS, PRESET), List.of(flash, rate), List.of(condition));
    assertThat(points(space))
        .containsExactly(
            "macs=32, preset=deep, flash=0.1, rate=320",
            "macs=32, preset=high, flash=0.5, rate=1600",
            "macs=64, preset=high, flash=0.5, rate=3200");
  }

  @Test
  @DisplayName("parameters that change together")
  void together() {
    var axis =
        new Axis(
            List.of("macs", "preset"),
            List.of(
                List.of(Value.of(32), Value.of("deep")), List.of(Value.of(64), Value.of("high"))));
    assertThat(points(new DesignSpace(List.of(axis), List.of(), List.of())))
        .containsExactly("macs=32, preset=deep", "macs=64, preset=high");
  }

  @Test
  @DisplayName(
      "an id depends on names and values, not on their order, and tells words from numbers")
  void ids() {
    var one = new LinkedHashMap<String, Value>();
    one.put("a", Value.of(1));
    one.put("b", Value.of("x"));
    var other = new LinkedHashMap<String, Value>();
    other.put("b", Value.of("x"));
    other.put("a", Value.of(1));
    assertThat(new Point(one).id()).matches("[0-9a-f]{16}").isEqualTo(new Point(other).id());
    // of "a=1\nb:x\n", by sha256sum; files of results are read by later versions
    assertThat(new Point(one).id()).isEqualTo("df97b02e1a645988");
    other.put("a", Value.of("1"));
    assertThat(new Point(other).id()).isNotEqualTo(new Point(one).id());
  }

  @Test
  @DisplayName("conditions that hold for no combination are known, one by one")
  void never() {
    List<String> names = List.of("macs");
    var never = ConditionParser.parse("macs > 1000000", names, Map.of());
    var some = ConditionParser.parse("macs > 0", names, Map.of());
    var space = new DesignSpace(List.of(MACS), List.of(), List.of(some, never));
    assertThat(space.neverHold(100)).containsExactly(never);
    assertThatThrownBy(() -> ListedPoints.all(space))
        .hasMessageEndingWith("'macs > 1000000' holds for none of them");
  }

  @Test
  @DisplayName("what cannot be is told")
  void wrong() {
    var words = Map.of("preset", Set.of("deep"));
    assertThatThrownBy(() -> ConditionParser.parse("preset == dep", List.of(), words))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage("'preset' is never 'dep'; it is deep; did you mean 'deep'?");
    assertThatThrownBy(() -> ConditionParser.parse("preset < deep", List.of(), words))
        .hasMessage("'preset' is a word, which is compared by == or !=, not by <");
    assertThatThrownBy(() -> ConditionParser.parse("macs", List.of("macs"), words))
        .hasMessageStartingWith("'macs' compares nothing; expected, for example,");
    assertThatThrownBy(() -> Axis.of("macs", List.of(Value.of(1), Value.of(1))))
        .hasMessage("parameter 'macs' has the value 1 twice; expected each once");
    assertThatThrownBy(() -> new DesignSpace(List.of(MACS, MACS), List.of(), List.of()))
        .hasMessage("two parameters are called 'macs'");
  }
}
