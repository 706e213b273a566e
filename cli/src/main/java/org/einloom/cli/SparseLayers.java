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
import org.einloom.mapping.LoopTree;
import org.einloom.network.LayerResult;
import org.einloom.sparsity.Sparsity;
import org.einloom.sparsity.SparsityChoices;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;

/** Maps layers with sparse tensors, and says what became of their zeros. */
final class SparseLayers implements Mapper {
  private final CostArguments.Task task;
  private final SparsityFile file;
  private final Map<Einsum, SparsityChoices> choices = new ConcurrentHashMap<>();

  /** By mapping, what the search counted already. */
  private final Map<Counted, SparseOutcome> counted = new ConcurrentHashMap<>();

  private record Counted(Einsum einsum, Architecture path, LoopTree mapping, Sparsity chosen) {}

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
    SparseMapper.Answer answer =
        SparseMapper.map(
            einsum,
            architecture,
            Objects.requireNonNull(choices.get(einsum)),
            file.nodes(),
            objective,
            options);
    if (answer.result() instanceof MappingResult.Found f && answer.analysis().isPresent()) {
      // while what was counted place by place is still known, and in the time of this search
      SparseOutcome outcome =
          SparseOutcome.of(
              einsum,
              architecture,
              answer.analysis().get(),
              answer.chosen().orElseThrow(),
              file.nodes(),
              options.monitor()::stop);
      counted.put(new Counted(einsum, architecture, f.mapping(), outcome.sparsity()), outcome);
    }
    return answer.result();
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
      Sparsity chosen = l.sparsity().orElseThrow();
      SparseOutcome known = counted.get(new Counted(einsum, path, l.mapping(), chosen));
      outcomes.put(
          l.layer().name(),
          known != null
              ? known
              : SparseOutcome.of(einsum, path, l.mapping(), chosen, file.nodes()));
    }
    return outcomes;
  }
}
