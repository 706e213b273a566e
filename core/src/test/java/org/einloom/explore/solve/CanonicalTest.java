package org.einloom.explore.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Toll;
import org.einloom.sparsity.Saving;
import org.einloom.sparsity.SparseLayer;
import org.einloom.sparsity.SparseNode;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.Einsum;
import org.einloom.workload.TensorAccess;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Canonical forms are made part by part; a part that nobody thought of would be lost. */
class CanonicalTest {
  @Test
  @DisplayName(
      "whoever adds a part to a problem says in Canonical and Relaxation, or in SparseNames, whether it matters")
  void everyPartIsThoughtOf() {
    Map<Class<?>, List<String>> thoughtOf = new LinkedHashMap<>();
    thoughtOf.put(Einsum.class, List.of("name", "variables", "operands", "output", "operation"));
    thoughtOf.put(
        TensorAccess.class, List.of("name", "tensor", "role", "ranks", "bits", "partialBits"));
    thoughtOf.put(
        Architecture.class, List.of("name", "clockHz", "technology", "widths", "nodes", "idle"));
    thoughtOf.put(
        Memory.class,
        List.of("name", "capacityBits", "keep", "actions", "sharedPort", "areaUm2", "leakageUw"));
    thoughtOf.put(
        Toll.class, List.of("name", "tensors", "actions", "sharedPort", "areaUm2", "leakageUw"));
    thoughtOf.put(
        Fanout.class,
        List.of(
            "name",
            "dimensions",
            "multicast",
            "reduce",
            "transfer",
            "links",
            "areaUm2",
            "leakageUw"));
    thoughtOf.put(Compute.class, List.of("name", "operations", "compute", "areaUm2", "leakageUw"));
    thoughtOf.put(Action.class, List.of("name", "energyPj", "widthBits", "perCycle"));
    thoughtOf.put(SparseLayer.class, List.of("choices", "nodes"));
    thoughtOf.put(SparsityChoices.class, List.of("densities", "formats", "rules", "compute"));
    thoughtOf.put(SparsityChoices.Rule.class, List.of("savings", "optional"));
    thoughtOf.put(Saving.class, List.of("kind", "memory", "tensor", "leaders", "mutual"));
    thoughtOf.put(SparseNode.class, List.of("actions", "capacity", "metadataBits"));
    thoughtOf.put(Sparsity.class, List.of("densities", "formats", "savings", "compute"));
    thoughtOf.forEach(
        (type, parts) ->
            assertThat(
                    Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList())
                .as(type.getSimpleName())
                .isEqualTo(parts));
  }
}
