package org.einloom.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.einloom.arch.Architecture;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.sparse.SparseOutcome;
import org.einloom.io.yaml.SparsityFile;
import org.einloom.io.yaml.SparsityYaml;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.mapper.sparse.SparseMapper;
import org.einloom.network.LayerResult;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/** Maps layers with sparse tensors, and says what became of their zeros. */
final class SparseLayers implements Mapper {
  private final CostArguments.Task task;
  private final SparsityFile file;
  private final Map<Einsum, SparsityChoices> choices = new ConcurrentHashMap<>();

  /**
   * Reads a file of sparsity.
   *
   * @throws InvalidSpecException if it, or what is asked besides, cannot be searched
   */
  SparseLayers(String file, CostArguments.Task of, MapperOptions options) {
    this.file = SparsityYaml.read(OutputArguments.path(file), of.workload(), of.design());
    this.task = of.apart(this.file::layer);
    for (Selection.Entry e : task.selection().entries()) {
      Einsum einsum = e.layer().einsum();
      einsum.variables().stream()
          .filter(v -> options.tiling().imperfect(v.name()))
          .findFirst()
          .ifPresent(
              v -> {
                throw new InvalidSpecException(
                    "imperfect tiles of '%s' with --sparsity: sparse tensors are counted in tiles that divide alone; use --tiling perfect"
                        .formatted(v.name()));
              });
      choices.put(einsum, this.file.choices(e.names()));
    }
  }

  /** What is searched: layers of one shape apart where their sparsity differs. */
  CostArguments.Task task() {
    return task;
  }

  @Override
  public MappingResult map(
      Einsum einsum, Architecture architecture, Objective objective, MapperOptions options) {
    return SparseMapper.map(
            einsum,
            architecture,
            Objects.requireNonNull(choices.get(einsum)),
            file.nodes(),
            objective,
            options)
        .result();
  }

  /** What became of zeros, by layer. */
  SequencedMap<String, SparseOutcome> outcomes(List<LayerResult> layers) {
    var outcomes = new LinkedHashMap<String, SparseOutcome>();
    for (LayerResult l : layers) {
      Selection.Entry entry =
          task.selection().entries().stream()
              .filter(e -> e.layer().equals(l.layer()))
              .findFirst()
              .orElseThrow();
      Einsum einsum = l.layer().einsum();
      Architecture path =
          task.measured().design(entry).offering(einsum).stream()
              .filter(p -> p.compute().name().equals(l.evaluation().compute()))
              .findFirst()
              .orElseThrow();
      outcomes.put(
          l.layer().name(),
          SparseOutcome.of(einsum, path, l.mapping(), l.sparsity().orElseThrow(), file.nodes()));
    }
    return outcomes;
  }
}
