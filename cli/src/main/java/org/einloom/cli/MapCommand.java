package org.einloom.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.einloom.evaluation.Objective;
import org.einloom.mapper.HeuristicMapper;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private OutputArguments output;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    List<String> inputs = new ArrayList<>(what.inputs());
    inputs.addAll(among.inputs());
    output.check(inputs);
    var limit = how.timeLimit();
    int threads = how.threads();
    CostArguments.Task task = what.read();
    int layers = task.selection().entries().size();
    boolean fronts = how.pareto() || (task.objective().kind() == Objective.Kind.EDP && layers > 1);
    MapperOptions options =
        among.apply(new MapperOptions(task.policy(), 1), task).withFront(fronts);
    var budget = new Budget(limit, layers, threads, System::nanoTime);
    List<LayerResult> found = search(new HeuristicMapper(), task, options, budget, threads);
    NetworkResult result =
        NetworkResult.of(
            task.workload(), task.architecture(), task.policy().name(), task.objective(), found);
    output.write(result, how.pareto(), spec.commandLine().getOut());
    return budget.interrupted() ? Interrupts.EXIT_CODE : ExitCode.OK;
  }

  private List<LayerResult> search(
      Mapper mapper, CostArguments.Task task, MapperOptions options, Budget budget, int threads) {
    PrintWriter err = spec.commandLine().getErr();
    int layers = task.selection().entries().size();
    try (var progress =
            new Progress(
                err,
                Terminal.showsProgressInPlace(),
                layers,
                Terminal.progressWidth(),
                System::nanoTime);
        var interrupts =
            Interrupts.first(
                () -> {
                  budget.interrupt();
                  progress.say("ending the search; Ctrl-C again quits at once");
                })) {
      return new NetworkSearch(mapper, task, options, budget, progress).run(threads);
    }
  }
}
