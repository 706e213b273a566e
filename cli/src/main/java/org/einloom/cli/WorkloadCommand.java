package org.einloom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.einloom.profile.Profile;
import org.einloom.report.WorkloadJson;
import org.einloom.report.WorkloadTable;
import org.einloom.workload.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code einloom workload}: the layers of a workload. */
@Command(
    name = "workload",
    description = "Show the layers of a workload: shapes, MACs, parameters, what is not costed.",
    mixinStandardHelpOptions = true)
final class WorkloadCommand implements Runnable {
  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private ModelArguments model;

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private JsonOutput json;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "What 'einloom profile' measured: show the densities of the tensors, too.")
  private @Nullable String profile;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    List<String> inputs = new ArrayList<>(List.of(model.name()));
    if (profile != null) {
      inputs.add(profile);
    }
    json.outputs().check(inputs);
    Workload workload = model.read();
    Optional<Profile> measured =
        Optional.ofNullable(profile).map(file -> Measured.read(file, workload));
    json.put(
        () -> WorkloadJson.write(workload, measured),
        () -> WorkloadTable.lines(workload, Terminal.width(), measured),
        spec.commandLine().getOut());
  }
}
