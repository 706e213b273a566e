package org.einloom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.einloom.arch.Architecture;
import org.einloom.arch.Design;
import org.einloom.evaluation.Evaluation;
import org.einloom.evaluation.Evaluator;
import org.einloom.io.Mappings;
import org.einloom.io.input.Words;
import org.einloom.io.mapping.PlacedMapping;
import org.einloom.mapper.Optimality;
import org.einloom.model.DenseModel;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.workload.Einsum;
import org.einloom.workload.InvalidSpecException;
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
    output.check(inputs);
    CostArguments.Task task = what.read();
    var made = output.record(() -> what.record().file("mapping", mapping).of(spec));
    Map<String, PlacedMapping> given =
        Mappings.read(OutputArguments.path(mapping), task.workload(), task.design());
    List<String> missing =
        task.selection().entries().stream()
            .filter(e -> e.names().stream().noneMatch(given::containsKey))
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
    for (Selection.Entry e : task.selection().entries()) {
      layers.add(evaluate(e, mappingOf(e, given), task));
    }
    output.write(
        NetworkResult.of(
            task.workload(), task.design(), task.policy().name(), task.objective(), layers),
        false,
        made,
        task.measured().use(),
        spec.commandLine().getOut());
  }

  /** Repetitions of one computation are evaluated once, so there may be one mapping only. */
  private PlacedMapping mappingOf(Selection.Entry entry, Map<String, PlacedMapping> given) {
    List<String> names = entry.names().stream().filter(given::containsKey).toList();
    PlacedMapping first = Objects.requireNonNull(given.get(names.getFirst()));
    Optional<String> other = names.stream().filter(n -> !first.equals(given.get(n))).findFirst();
    if (other.isPresent()) {
      throw new InvalidSpecException(
          "%s has two mappings for one computation: layers %s and %s are the same; give one mapping"
              .formatted(mapping, Words.quote(names.getFirst()), Words.quote(other.get())));
    }
    return first;
  }

  private static LayerResult evaluate(
      Selection.Entry entry, PlacedMapping mapping, CostArguments.Task task) {
    Einsum einsum = entry.layer().einsum();
    Design design = task.measured().design(entry);
    Architecture path =
        design.paths().size() == 1 ? design.first() : design.path(mapping.path().compute().name());
    var counts = DenseModel.analyze(einsum, path, mapping.tree()).counts();
    Evaluation e = Evaluator.evaluate(einsum, path, counts, task.policy());
    return new LayerResult(
        entry.layer(),
        entry.repeats(),
        mapping.tree(),
        e,
        Optimality.given(task.objective(), task.objective().value(e)));
  }
}
