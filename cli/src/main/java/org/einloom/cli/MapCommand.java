package org.einloom.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.einloom.mapper.HeuristicMapper;
import org.einloom.mapper.Mapper;
import org.einloom.mapper.MapperOptions;
import org.einloom.mapper.MappingResult;
import org.einloom.network.LayerResult;
import org.einloom.network.NetworkResult;
import org.einloom.workload.InvalidSpecException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code einloom map}: the best mapping found for each layer, and what it costs. */
@Command(
    name = "map",
    description = "Find a good mapping of every layer of a workload on an architecture.",
    mixinStandardHelpOptions = true)
final class MapCommand implements Runnable {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CostArguments what;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private OutputArguments output;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that search (default: one per core). The answer is the same.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    output.check(what.inputs());
    CostArguments.Task task = what.read();
    MapperOptions options = new MapperOptions(task.policy(), threads);
    PrintWriter err = spec.commandLine().getErr();
    var progress =
        new Progress(err, Terminal.showsProgressInPlace(), task.selection().entries().size());
    List<LayerResult> layers = new ArrayList<>();
    try {
      for (Selection.Entry entry : task.selection().entries()) {
        progress.begin(entry.layer().name());
        long start = System.nanoTime();
        layers.add(map(entry, task, options));
        progress.end(entry.layer().name(), (System.nanoTime() - start) * 1e-9);
      }
    } finally {
      progress.close();
    }
    output.write(
        NetworkResult.of(
            task.workload(), task.architecture(), task.policy().name(), task.objective(), layers),
        spec.commandLine().getOut());
  }

  private static LayerResult map(
      Selection.Entry entry, CostArguments.Task task, MapperOptions options) {
    Mapper mapper = new HeuristicMapper();
    var result = mapper.map(entry.layer().einsum(), task.architecture(), task.objective(), options);
    return switch (result) {
      case MappingResult.Found f ->
          new LayerResult(
              entry.layer(), entry.repeats(), f.mapping(), f.evaluation(), f.optimality());
      case MappingResult.None none ->
          throw new InvalidSpecException(
              "no mapping of layer '%s' on '%s'%s: %s"
                  .formatted(
                      entry.layer().name(),
                      task.architecture().name(),
                      none.proven() ? "" : " was found",
                      none.reason()));
    };
  }
}
