package org.einloom.io.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.io.Shipped;
import org.einloom.io.input.Source;
import org.einloom.workload.Layer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritersTest {
  static Set<String> designs() {
    return Shipped.architectures().keySet();
  }

  @ParameterizedTest
  @MethodSource("designs")
  @DisplayName("a design that is written reads back with the same figures and sources")
  void design(String name) {
    // of a design that forks, a path without what is idle is a design as well
    var path = Shipped.resolveArchitectureFile(name).design().first();
    var design =
        new Architecture(
            path.name(), path.clockHz(), path.technology(), path.widths(), path.nodes());
    Map<String, String> comments = Map.of(design.nodes().getFirst().name(), "outside");
    String text =
        ArchitectureWriter.write(design, List.of("A copy", "of a design"), "One line", comments);
    assertThat(text).startsWith("# A copy\n# of a design\neinloom: 1\n").contains("    # outside");
    assertThat(underived(ArchitectureYaml.read(name, text))).isEqualTo(underived(design));
    assertThat(ArchitectureYaml.description(Source.text(name, text))).isEqualTo("One line");
  }

  private static Architecture underived(Architecture a) {
    return a.withNodes(a.nodes().stream().map(WritersTest::underived).toList());
  }

  private static Node underived(Node node) {
    return switch (node) {
      case Memory m ->
          new Memory(
              m.name(),
              m.capacityBits(),
              m.keep(),
              underived(m.actions()),
              m.sharedPort(),
              underived(m.areaUm2()),
              underived(m.leakageUw()));
      case Toll t ->
          new Toll(
              t.name(),
              t.tensors(),
              underived(t.actions()),
              t.sharedPort(),
              underived(t.areaUm2()),
              underived(t.leakageUw()));
      case Fanout f ->
          new Fanout(
              f.name(),
              f.dimensions(),
              f.multicast(),
              f.reduce(),
              f.transfer().map(WritersTest::underived),
              f.links(),
              underived(f.areaUm2()),
              underived(f.leakageUw()));
      case Compute c ->
          new Compute(
              c.name(),
              c.operations(),
              underived(c.compute()),
              underived(c.areaUm2()),
              underived(c.leakageUw()));
    };
  }

  private static SequencedMap<String, Action> underived(Map<String, Action> actions) {
    var all = new LinkedHashMap<String, Action>();
    actions.forEach((name, action) -> all.put(name, underived(action)));
    return all;
  }

  private static Action underived(Action a) {
    return new Action(a.name(), underived(a.energyPj()), a.widthBits(), a.perCycle());
  }

  private static Figure underived(Figure f) {
    return new Figure(f.value(), f.source(), f.assumption(), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"conv", "matmul", "product-and-pooling", "eyeriss-alexnet", "peers/matmul-1024"})
  @DisplayName("a workload that is written reads back as the same")
  void workload(String name) {
    var workload = WorkloadYaml.read(Path.of("../examples/" + name + ".yaml"));
    var einsums = workload.distinctLayers().stream().map(d -> d.layer().einsum()).toList();
    String text = WorkloadWriter.write(workload.name(), einsums, List.of("again"));
    assertThat(WorkloadYaml.read(name, text).layers().stream().map(Layer::einsum).toList())
        .isEqualTo(einsums);
  }

  @Test
  @DisplayName("a tensor used twice, shapes that are not inferred, roles and widths")
  void oddities() {
    String text =
        """
        einloom: 1
        workload:
          name: odd
          einsums:
          - name: a
            extents: {n: 4, k: 3}
            expression: "O[n] += A[n,2*k+n-1] * A[n,k] * S[]"
            operation: max
            shapes: {A: [5, 9]}
            roles: {S: weight, A: input, "A#2": input}
            bits: {A: 4, O: 32 b}
        """;
    var einsum = WorkloadYaml.read("odd", text).layers().getFirst().einsum();
    String again = WorkloadWriter.write("odd", List.of(einsum), List.of());
    assertThat(WorkloadYaml.read("odd", again).layers().getFirst().einsum()).isEqualTo(einsum);
  }

  @Test
  @DisplayName("constraints that are written ask for the same; what is asked twice, in two files")
  void constraints() {
    String text =
        """
        einloom: 1
        constraints:
          memories:
            GLB:
              keep: [input]
              bypass: [W, weight]
              factors: {m: 4, k: {min: 2, max: 8}, c: {min: 2}, n: {max: 3}}
              order: [m, k]
              inner_order: [c]
          fanouts:
            Array:
              min_utilization: 0.07
              dimensions:
                x: {variables: [], factors: {m: 2}}
          max_energy: 5 uJ
          max_latency: 20 us
          max_area: 1.5 mm2
          tiling: {all: perfect, p: imperfect}
        """;
    MapspaceSpec spec = ConstraintsYaml.read(Source.text("c.yaml", text), Optional.empty());
    List<String> once = ConstraintsWriter.write(spec, List.of("heading"));
    assertThat(once).hasSize(1);
    assertThat(once.getFirst()).startsWith("# heading\neinloom: 1\n");
    MapspaceSpec again =
        ConstraintsYaml.read(Source.text("d.yaml", once.getFirst()), Optional.empty());
    assertThat(plain(again)).containsExactlyInAnyOrderElementsOf(plain(spec));
    assertThat(again.tiling()).isEqualTo(spec.tiling());
    List<String> twice = ConstraintsWriter.write(spec.and(spec), List.of());
    assertThat(twice).hasSize(2);
    assertThat(ConstraintsWriter.write(MapspaceSpec.NONE, List.of())).isEmpty();
  }

  /** Without where they were written. */
  private static List<String> plain(MapspaceSpec spec) {
    return new Constraints(spec.constraints().all())
        .all().stream()
            .map(Constraint::toString)
            .map(s -> s.replaceAll("origin=.*?, (?=[a-z]+[A-Za-z0-9]*=)", ""))
            .toList();
  }
}
