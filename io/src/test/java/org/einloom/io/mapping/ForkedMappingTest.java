package org.einloom.io.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.einloom.arch.Design;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.einloom.workload.Workload;
import org.junit.jupiter.api.Test;

/** Which path of a design a mapping is for: what it names says so, in both forms. */
class ForkedMappingTest {
  private static final Design DESIGN =
      ArchitectureYaml.readFile(
              Source.text(
                  "design.yaml",
                  """
                  einloom: 1
                  architecture:
                    name: forked
                    clock: 1 GHz
                    widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 32 b}
                    nodes:
                    - memory: DRAM
                    - fork: Units
                      branches:
                      - nodes: [{compute: X, operations: [mac, max]}]
                      - nodes:
                        - memory: Spad
                        - fork: More
                          branches:
                          - nodes: [{compute: Y, operations: [mac]}]
                          - nodes: [{compute: Z, operations: [max]}]
                  """))
          .design();

  private static final Workload WORKLOAD =
      WorkloadYaml.read(
          "workload.yaml",
          """
          einloom: 1
          workload:
            name: w
            einsums:
            - {name: sum, extents: {m: 4}, expression: "O[m] = A[m]"}
            - {name: top, extents: {m: 4}, expression: "P[m] = B[m]", operation: max}
          """);

  @Test
  void theComputeSaysWhich() {
    assertThat(text("layer sum\nkeep A O in DRAM\nfor m\ncompute Y", "sum")).isEqualTo("Y");
    assertThat(text("layer sum\nkeep A O in DRAM\nfor m\ncompute X", "sum")).isEqualTo("X");
    assertThat(text("layer top\nkeep B P in DRAM\nfor m\ncompute Z", "top")).isEqualTo("Z");
    assertThat(yaml("sum", "A, O", "", "  - compute: Y")).isEqualTo("Y");
  }

  @Test
  void whereNoneIsNamedTheFirstThatHasAllThatIsNamed() {
    assertThat(text("layer sum\nkeep A O in DRAM\nfor m", "sum")).isEqualTo("X");
    assertThat(text("layer sum\nkeep A O in DRAM\nkeep A in Spad\nfor m", "sum")).isEqualTo("Y");
    assertThat(text("layer top\nkeep B P in DRAM\nkeep B in Spad\nfor m", "top")).isEqualTo("Z");
    assertThat(yaml("sum", "A, O", "", "")).isEqualTo("X");
    assertThat(yaml("top", "B, P", "  - keep: {memory: Spad, tensors: [B]}", "")).isEqualTo("Z");
  }

  @Test
  void aComputeThatDoesNotOfferItIsUnknown() {
    assertThatThrownBy(() -> text("layer top\nkeep B P in DRAM\nfor m\ncompute Y", "top"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("text:4:1: compute 'Y' is unknown; expected 'X'");
    assertThatThrownBy(() -> yaml("top", "B, P", "", "  - compute: Y"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("compute 'Y' is unknown; expected 'X'");
  }

  @Test
  void aMemoryOfAnotherBranchIsNotThere() {
    assertThatThrownBy(
            () -> text("layer sum\nkeep A O in DRAM\nkeep A in Spad\nfor m\ncompute X", "sum"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'Spad'");
  }

  @Test
  void bothFormsReadBackForTheSamePath() {
    for (String compute : new String[] {"X", "Y"}) {
      var path = DESIGN.path(compute);
      var einsum = WORKLOAD.layers().getFirst().einsum();
      var tree = place("layer sum\nkeep A O in DRAM\nfor m\ncompute " + compute).get("sum").tree();
      String text = LoopTreeText.write("sum", einsum, path, tree);
      assertThat(place(text).get("sum")).isEqualTo(new PlacedMapping(tree, path));
      String yaml = MappingYaml.write(Map.of("sum", tree), Map.of("sum", compute));
      assertThat(MappingYaml.read("m.yaml", yaml).place(WORKLOAD, DESIGN).get("sum"))
          .isEqualTo(new PlacedMapping(tree, path));
    }
  }

  private static Map<String, PlacedMapping> place(String text) {
    return LoopTreeText.read(Source.text("text", text), WORKLOAD, DESIGN).place(WORKLOAD, DESIGN);
  }

  private static String text(String text, String layer) {
    return place(text).get(layer).path().compute().name();
  }

  private static String yaml(String layer, String tensors, String more, String end) {
    String text =
        """
        einloom: 1
        mapping:
        - layer: %s
          nodes:
          - keep: {memory: DRAM, tensors: [%s]}
        %s
          - for: {variable: m, tile: 1}
        %s
        """
            .formatted(layer, tensors, more, end);
    return MappingYaml.read("m.yaml", text)
        .place(WORKLOAD, DESIGN)
        .get(layer)
        .path()
        .compute()
        .name();
  }
}
