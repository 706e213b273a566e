package org.einloom.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.evaluation.sparse.SparseOutcome;
import org.einloom.io.Mappings;
import org.einloom.io.input.Words;
import org.einloom.io.mapping.PlacedMapping;
import org.einloom.io.yaml.SparsityFile;
import org.einloom.io.yaml.SparsityYaml;
import org.einloom.mapper.Optimality;
import org.einloom.model.DenseModel;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.report.Detail;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
import org.einloom.workload.Layer;
import org.einloom.workload.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code einloom evaluate}: what given mappings cost. */
@Command(
    name = "evaluate",
    description = "Evaluate given mappings of the layers of a workload on an architecture.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nTimeloop's files:%n",
    footer = "  einloom evaluate --timeloop FILE...   (see einloom evaluate --timeloop --help)")
final class EvaluateCommand implements Runnable {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CostArguments what;

  @Option(
      names = {"--mapping", "-m"},
      required = true,
      paramLabel = "FILE",
      description =
          "Mappings by layer, as YAML or as text. Every layer that is evaluated needs one.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String mapping;

  @Option(
      names = "--sparsity",
      paramLabel = "FILE",
      description =
          "How dense tensors are, how they are stored, and what is gated or skipped: a YAML file."
              + " Counts are then expected ones.")
  private @Nullable String sparsity;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private OutputArguments output;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    List<String> inputs = new ArrayList<>(what.inputs());
    inputs.add(mapping);
    if (sparsity != null) {
      inputs.add(sparsity);
    }
    output.check(inputs);
    CostArguments.Task read = what.read();
    var made = output.record(() -> record().of(spec));
    Map<String, PlacedMapping> given =
        Mappings.read(OutputArguments.path(mapping), read.workload(), read.design());
    Optional<SparsityFile> sparse =
        Optional.ofNullable(sparsity)
            .map(f -> SparsityYaml.read(OutputArguments.path(f), read.workload(), read.design()));
    CostArguments.Task task = sparse.map(f -> read.apart(f::layer)).orElse(read);
    List<String> missing =
        task.selection().entries().stream()
            .filter(e -> given(e, task.workload(), given).isEmpty())
            .map(e -> e.layer().name())
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidSpecException(
          "%s has no mapping for layer%s %s; add %s, or evaluate one layer with --layer"
              .formatted(
                  mapping,
                  missing.size() == 1 ? "" : "s",
                  missing.stream().map(Words::quote).collect(Collectors.joining(", ")),
                  missing.size() == 1 ? "it" : "them"));
    }
    List<LayerResult> layers = new ArrayList<>();
    var outcomes = new LinkedHashMap<String, SparseOutcome>();
    for (Selection.Entry e : task.selection().entries()) {
      if (sparse.isEmpty()) {
        layers.add(evaluate(e, mappingOf(e, task, given), task));
      } else {
        SparseOutcome outcome = evaluate(e, mappingOf(e, task, given), task, sparse.get());
        outcomes.put(e.layer().name(), outcome);
        layers.add(result(e, mappingOf(e, task, given), task, outcome.evaluation()));
      }
    }
    output.write(
        NetworkResult.of(
            task.workload(),
            task.design(),
            task.policy().name(),
            task.objective(),
            layers,
            task.selection().names()),
        new Detail(false, output.explains(), task.measured().use(), outcomes),
        made,
        spec.commandLine().getOut());
  }

  /** Repetitions of one computation are evaluated once, so there may be one mapping only. */
  private PlacedMapping mappingOf(
      Selection.Entry entry, CostArguments.Task task, Map<String, PlacedMapping> given) {
    List<String> names = given(entry, task.workload(), given);
    PlacedMapping first = Objects.requireNonNull(given.get(names.getFirst()));
    Optional<String> other = names.stream().filter(n -> !first.equals(given.get(n))).findFirst();
    if (other.isPresent()) {
      throw new InvalidSpecException(
          "%s has two mappings for one computation: layers %s and %s are the same; give one mapping"
              .formatted(mapping, Words.quote(names.getFirst()), Words.quote(other.get())));
    }
    return first;
  }

  /** The layers whose mappings it can have: its own, or others of the same computation. */
  private static List<String> given(
      Selection.Entry entry, Workload workload, Map<String, PlacedMapping> given) {
    List<String> own = entry.names().stream().filter(given::containsKey).toList();
    return !own.isEmpty()
        ? own
        : workload.layers().stream()
            .filter(l -> l.computation().equals(entry.layer().computation()))
            .map(Layer::name)
            .filter(given::containsKey)
            .toList();
  }

  private static LayerResult evaluate(
      Selection.Entry entry, PlacedMapping mapping, CostArguments.Task task) {
    Einsum einsum = entry.layer().einsum();
    Design design = task.measured().design(entry);
    Architecture path =
        design.paths().size() == 1 ? design.first() : design.path(mapping.path().compute().name());
    var counts = DenseModel.analyze(einsum, path, mapping.tree()).counts();
    return result(entry, mapping, task, Evaluator.evaluate(einsum, path, counts, task.policy()));
  }

  private static SparseOutcome evaluate(
      Selection.Entry entry, PlacedMapping mapping, CostArguments.Task task, SparsityFile sparse) {
    Design design = task.measured().design(entry);
    Architecture path =
        design.paths().size() == 1 ? design.first() : design.path(mapping.path().compute().name());
    return SparseOutcome.of(
        entry.layer().einsum(), path, mapping.tree(), sparse.of(entry.names()), sparse.nodes());
  }

  private InputRecord record() {
    InputRecord record = what.record().file("mapping", mapping);
    return sparsity == null ? record : record.file("sparsity", sparsity);
  }

  private static LayerResult result(
      Selection.Entry entry, PlacedMapping mapping, CostArguments.Task task, Evaluation e) {
    return new LayerResult(
        entry.layer(),
        entry.repeats(),
        mapping.tree(),
        e,
        Optimality.given(task.objective(), task.objective().value(e)));
  }
}
