package org.einloom.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.ExactMapper;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.report.Detail;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code einloom map}: the best mapping of each layer, and what it costs. */
@Command(
    name = "map",
    description = "Find the best mapping of every layer of a workload on an architecture.",
    mixinStandardHelpOptions = true)
final class MapCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CostArguments what;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SearchArguments how;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private MapspaceArguments among;

  @Option(
      names = "--sparsity",
      paramLabel = "FILE",
      description =
          "How dense tensors are, and how they may be stored, gated and skipped: a YAML file. The"
              + " best formats and optimisations are chosen along with the mapping.")
  private @Nullable String sparsity;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private OutputArguments output;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  @SuppressWarnings("try") // interrupts are watched, not asked
  public Integer call() {
    List<String> inputs = new ArrayList<>(what.inputs());
    inputs.addAll(among.inputs());
    if (sparsity != null) {
      inputs.add(sparsity);
    }
    output.check(inputs);
    var limit = how.timeLimit();
    int threads = how.threads();
    CostArguments.Task read = what.read();
    var made = output.record(() -> record().of(spec));
    MapperOptions options =
        among
            .apply(new MapperOptions(read.policy(), 1), read)
            .withFront(how.pareto())
            .withAlternatives(output.explains());
    SparseLayers sparse = sparsity == null ? null : new SparseLayers(sparsity, read, options);
    CostArguments.Task task = sparse == null ? read : sparse.task();
    int layers = task.selection().entries().size();
    Mapper mapper = sparse == null ? new ExactMapper() : sparse;
    boolean ofNetwork =
        !how.pareto() && task.objective().kind() == Objective.Kind.EDP && layers > 1;
    int searches = ofNetwork ? 2 * layers : layers;
    double shares = ofNetwork ? layers * (1 + NetworkSearch.FRONT_WEIGHT) : layers;
    var budget = new Budget(limit, shares, threads, System::nanoTime);
    List<LayerResult> found;
    try (var progress = progress(searches);
        var interrupts = interrupts(budget, progress)) {
      var search = new NetworkSearch(mapper, task, options, budget, progress);
      found = ofNetwork ? search.runForNetworkEdp(threads) : search.run(threads);
    }
    NetworkResult result =
        NetworkResult.of(
            task.workload(),
            task.design(),
            task.policy().name(),
            task.objective(),
            found,
            task.selection().names());
    output.write(
        result,
        new Detail(
            how.pareto(),
            output.explains(),
            task.measured().use(),
            sparse == null ? new LinkedHashMap<>() : sparse.outcomes(result.layers())),
        made,
        spec.commandLine().getOut());
    return budget.interrupted() ? Interrupts.EXIT_CODE : ExitCode.OK;
  }

  private InputRecord record() {
    InputRecord record = among.record(what.record());
    return sparsity == null ? record : record.file("sparsity", sparsity);
  }

  private Progress progress(int searches) {
    return new Progress(
        spec.commandLine().getErr(), style(), searches, Terminal.progressWidth(), System::nanoTime);
  }

  private Progress.Style style() {
    return how.quiet()
        ? Progress.Style.QUIET
        : Terminal.showsProgressInPlace() ? Progress.Style.IN_PLACE : Progress.Style.LINES;
  }

  private static Interrupts interrupts(Budget budget, Progress progress) {
    return Interrupts.first(
        () -> {
          budget.interrupt();
          progress.say("ending the search; Ctrl-C again quits at once");
        });
  }
}
