package org.einloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.einloom.arch.Design;
import org.einloom.io.input.Source;
import org.einloom.io.mapping.LoopTreeText;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.ConstraintsYaml;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.io.yaml.SparsityYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/input-format.md} are what it says they are. */
class InputFormatPageTest {
  private static final Path PAGE = Path.of("../docs/input-format.md");
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^```(?:yaml)?\\n((?:(?!```).*\\n)*)```$");

  @Test
  void itsExamplesBelongTogether() throws IOException {
    List<String> blocks = new ArrayList<>();
    BLOCK.matcher(Files.readString(PAGE)).results().forEach(r -> blocks.add(r.group(1)));
    assertThat(blocks).hasSize(9);

    var architecture = ArchitectureYaml.read("architecture.yaml", blocks.get(0));
    var parts = ArchitectureYaml.read("parts.yaml", blocks.get(1));
    assertThat(parts.compute().compute().energyPj().derivation()).isPresent();
    var forked = ArchitectureYaml.readFile(Source.text("fork.yaml", blocks.get(2))).design();
    assertThat(forked.paths()).hasSize(2);
    var workload = WorkloadYaml.read("workload.yaml", blocks.get(3));
    var mapping = MappingYaml.read("mapping.yaml", blocks.get(4));

    var tree = mapping.legal(workload, architecture).get("conv");
    var conv = workload.layers().getFirst().einsum();
    assertThat(LoopTreeText.write(conv, architecture, tree)).isEqualTo(blocks.get(5));
    var constraints = Source.text("constraints.yaml", blocks.get(6));
    var spec = ConstraintsYaml.read(constraints, Optional.of(Design.of(architecture)));
    spec.constraints().check("demo", List.of(conv));
    var kinds = spec.constraints().all().stream().map(Object::getClass).distinct().toList();
    assertThat(kinds).as("every kind is shown").hasSize(10);
    var asking = ArchitectureYaml.readFile(Source.text("asking.yaml", blocks.get(7)));
    assertThat(asking.mapspace().constraints().all()).hasSize(7);

    var sparse =
        SparsityYaml.read(
            Source.text("sparsity.yaml", blocks.get(8)), workload, Design.of(architecture));
    var sparsity = sparse.of(List.of("conv"));
    assertThat(sparsity.densities().keySet()).containsExactly("I", "W");
    assertThat(sparsity.formats()).hasSize(2);
    assertThat(sparsity.savings()).hasSize(1);
    assertThat(sparse.nodes()).containsOnlyKeys("DRAM", "Spad", "MAC");

    assertThat(LoopTreeText.read("mapping.txt", blocks.get(5), conv, architecture)).isEqualTo(tree);
  }
}
