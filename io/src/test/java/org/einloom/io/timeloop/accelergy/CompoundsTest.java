package org.einloom.io.timeloop.accelergy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.einloom.component.Attributes;
import org.einloom.component.Catalog;
import org.einloom.component.Estimate;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.TimeloopSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompoundsTest {
  private static final Catalog CATALOG = Catalog.installed();
  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  @DisplayName("an action costs what the actions of its parts cost, counted and scaled")
  void parts() {
    ComponentFigures f =
        figures(
            "class: tag_smartbuffer, attributes: {width: 32, depth: 256}",
            """
            - name: tag_smartbuffer
              attributes: {technology: must_specify, width: must_specify, depth: 8, half: width / 2}
              subcomponents:
              - {name: data, class: regfile, area_share: 0.5, attributes: {width: width, depth: depth}}
              - {name: 'tags[0..ways-1]', class: register, attributes: {width: log2(depth)}}
              - {name: add, class: intadder, attributes: {datawidth: half}}
              actions:
              - name: read
                subcomponents:
                - {name: data, actions: [{name: read, action_share: 1 / ways}]}
                - {name: 'tags[0..ways-1]', actions: [{name: read}]}
              - &write
                name: write
                subcomponents:
                - {name: data, actions: [{name: write}]}
                - {name: 'tags[1]', actions: [{name: write, repeat: 2}]}
                - {name: add, actions: [{name: add}]}
              - {name: leak, subcomponents: [{name: 'tags[0..1]', actions: [{name: leak}]}]}
            """
                .replace("half: width / 2}", "half: width / 2, ways: half / 4}")); // 4
    Estimate data = part("register_file", "size", 256 * 32, "width", 32);
    Estimate tag = part("register", "width", 8);
    Estimate add = part("adder", "format", "int16");
    assertThat(f.energiesPj().keySet()).containsExactly("read", "write", "update");
    assertThat(f.energiesPj().get("read").value())
        .isCloseTo(pj(data, "read") / 4 + 4 * pj(tag, "read"), CLOSE);
    double write = pj(data, "write") + 2 * pj(tag, "write") + pj(add, "compute");
    assertThat(f.energiesPj().get("write").value()).isCloseTo(write, CLOSE);
    assertThat(f.energiesPj().get("update").value()).isCloseTo(write, CLOSE);
    assertThat(f.areaUm2().value())
        .isCloseTo(
            data.areaUm2().value() / 2 + 4 * tag.areaUm2().value() + add.areaUm2().value(), CLOSE);
    assertThat(f.leakageUw().value()).isCloseTo(2 * tag.leakageUw().value(), CLOSE);
    assertThat(f.match().notes().toString()).contains("so the class is defined at test.yaml:4:");
  }

  @Test
  @DisplayName("compounds of compounds multiply; arguments go down, the largest of a range")
  void nested() {
    ComponentFigures f =
        figures(
            "class: bank_storage, attributes: {width: 16, depth: 64}",
            """
            - name: bank_storage
              attributes: {width: 1, depth: 1, n: 3}
              subcomponents:
              - {name: 'bank[0..n-1]', class: cell, area_share: 2, attributes: {width: width}}
              actions:
              - name: read
                arguments: {rows: 0..n+2}
                subcomponents:
                - name: bank[0..1]
                  actions: [{name: go, arguments: {times: rows}, action_share: 2}]
                - {name: 'bank[2]', actions: [{name: sleep}]}
            - name: cell
              attributes: {width: 1}
              subcomponents:
              - {name: word, class: register, attributes: {width: width}}
              actions:
              - name: go
                arguments: {times: 0..9}
                subcomponents: [{name: word, actions: [{name: read, action_share: times}]}]
              - name: sleep
                arguments: {delta: 0..0}
                subcomponents:
                - name: word
                  actions: [{name: read, arguments: {address_delta: delta, data_delta: 0}}]
            """);
    Estimate word = part("register", "width", 16);
    // two banks, twice, five times each; the third does nothing
    assertThat(f.energiesPj().get("read").value()).isCloseTo(20 * pj(word, "read"), CLOSE);
    assertThat(f.areaUm2().value()).isCloseTo(6 * word.areaUm2().value(), CLOSE);
    assertThat(f.leakageUw().value()).isZero();
    assertThat(f.match().notes().getFirst()).contains("no action 'leak'");
    assertThat(f.match()).hasToString("bank_storage is 3 x register (technology 45, width 16)");
  }

  @Test
  @DisplayName(
      "a class of the user goes before one of the library; one without parts costs nothing")
  void ownClassFirst() {
    ComponentFigures f =
        figures(
            "class: SRAM, attributes: {width: 16, depth: 64}",
            "- {name: SRAM, actions: [{name: read}, {name: fill, subcomponents: []}]}\n");
    assertThat(f.energiesPj().keySet()).containsExactly("read", "write", "update");
    assertThat(f.energiesPj().values()).allMatch(e -> e.value() == 0 && !e.source().isEmpty());
    assertThat(f.match()).hasToString("SRAM is made of nothing");
  }

  @Test
  @DisplayName("classes that grow without end are refused soon")
  void growth() {
    var classes = new StringBuilder();
    for (int i = 0; i < 15; i++) {
      classes.append("- name: c").append(i == 0 ? "_storage" : i).append("\n  subcomponents:\n");
      for (int j = 0; j < 9 && i < 14; j++) {
        classes.append("  - {name: p%d, class: c%d}\n".formatted(j, i + 1));
      }
    }
    assertThatThrownBy(() -> figures("class: c_storage", classes.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more than 20000 parts and actions of parts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      {name: s_storage, attributes: {d: must_specify}} | level 'L' of class 's_storage' has no 'd'; the class says that it must be given
      {name: s_storage, subcomponents: [{name: a, class: s_storage}]} | class 's_storage' is a part of itself: s_storage has s_storage
      {name: s_storage, attributes: {a: b, b: a}} | attributes of class 's_storage' are each other's values
      {name: s_storage, attributes: {a: c + 1}} | 'c' is not defined
      {name: s_storage, subcomponents: [{name: a, class: regist}]} | 'a' in level 'L' is of class 'regist', which matches none
      {name: s_storage, subcomponents: [{name: a, class: SRAM, attributes: {width: 16}}]} | 'a' in level 'L' of class 'SRAM' has no 'depth'
      {name: s_storage, subcomponents: [{name: "a[0..x]", class: register}]} | the index 'x' of 'a'; expected a whole number
      {name: s_storage, subcomponents: [{name: "a]", class: register}]} | 'name' is 'a]'
      {name: s_storage, subcomponents: [{name: a, klass: register}]} | unknown key 'klass'
      {name: s_storage, actions: [{name: read, subcomponents: [{name: b, actions: [{name: x}]}]}]} | class 's_storage' has no subcomponent 'b'
      {name: s_storage, subcomponents: [{name: a, class: register, attributes: {width: 4}}], actions: [{name: read, subcomponents: [{name: a, actions: [{name: reed}]}]}]} | 'a' of class 'register' has no action 'reed'; expected one of
      {name: s_storage, subcomponents: [{name: a, class: register, attributes: {width: 4}}], actions: [{name: read, subcomponents: [{name: "a[0..1]", actions: [{name: read}]}]}]} | 'a' of class 's_storage' has the indices 0 to 0, not 0 to 1
      {name: s_storage, subcomponents: [{name: a, class: register, attributes: {width: 4}}], actions: [{name: read, subcomponents: [{name: a, actions: [{name: read, action_share: -1}]}]}]} | 'action_share' is '-1'; expected a number of at least 0
      {name: s_storage, attributes: {a: __import__}, subcomponents: [{name: a, class: register, attributes: {width: (1).__class__}}]} | the name '__class__' is refused
      """)
  @DisplayName("what is wrong with a class is said at its place")
  void wrong(String definition, String message) {
    assertThatThrownBy(() -> figures("class: s_storage", "- " + definition + "\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private static double pj(Estimate e, String action) {
    return e.actions().get(action).energyPj().value();
  }

  private static Estimate part(String type, Object... attributes) {
    Attributes a = Attributes.NONE.with("technology", 45);
    for (int i = 0; i < attributes.length; i += 2) {
      a =
          attributes[i + 1] instanceof Number n
              ? a.with((String) attributes[i], n.doubleValue())
              : a.with((String) attributes[i], (String) attributes[i + 1]);
    }
    return CATALOG.estimate(type, a);
  }

  private static ComponentFigures figures(String level, String classes) {
    String text =
        "compound_components:\n  version: 0.4\n"
            + (classes.startsWith("- ") ? "  classes:\n" + classes.indent(2) : classes)
            + """
            architecture:
              version: 0.4
              subtree:
              - name: top
                attributes: {technology: 45nm}
                local:
                - {name: L, %s}
                - {name: mac, class: intmac, attributes: {datawidth: 16}}
            """
                .formatted(level);
    TimeloopSpec spec = TimeloopFiles.readSources(List.of(Source.text("test.yaml", text)));
    return AccelergyEnergies.of(CATALOG, spec)
        .of(spec.architecture().orElseThrow().storage().getFirst());
  }
}
