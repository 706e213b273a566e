package org.einloom.io.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Links;
import org.junit.jupiter.api.Test;

/** Links between neighbours in files. */
class NeighboursYamlTest {
  private static Fanout row(String lines) {
    Architecture read =
        ArchitectureYaml.read(
            "row.yaml",
            """
            einloom: 1
            architecture:
              name: row
              clock: 1 GHz
              widths: {input: 8 b, weight: 8 b, output: 8 b, partial: 32 b}
              nodes:
              - memory: DRAM
              - fanout: Row
                dimensions: [{name: x, size: 4}]
                %s
              - memory: Register
              - compute: MAC
            """
                .formatted(lines));
    String written = ArchitectureWriter.write(read, List.of(), "", Map.of());
    assertThat(ArchitectureYaml.read("again.yaml", written)).as(written).isEqualTo(read);
    return (Fanout) read.node("Row");
  }

  @Test
  void allOperandsOrSome() {
    assertThat(row("neighbours: true").links())
        .contains(new Links(Set.of(Keep.ALL), Optional.empty()));
    assertThat(row("neighbours: [input, B]").links())
        .contains(new Links(Set.of("input", "B"), Optional.empty()));
    assertThat(row("neighbours: false").links()).isEmpty();
    assertThat(row("neighbours: []").links()).isEmpty();
    assertThat(row("reduce: true").links()).isEmpty();
  }

  @Test
  void whatALinkCosts() {
    Fanout row =
        row(
            "neighbours: true\n    actions: {transfer: {energy: 3 pJ}, link: {energy: 1 pJ, width: 16 b, throughput: 4 /cycle}}");
    assertThat(row.links().flatMap(Links::action))
        .contains(new Action("link", new Figure(1, "", false), 16, 4));
    assertThat(row.actions()).extracting(Action::name).containsExactly("transfer", "link");
  }
}
