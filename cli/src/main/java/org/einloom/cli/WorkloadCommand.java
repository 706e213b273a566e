package org.einloom.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.einloom.profile.Profile;
import org.einloom.report.AtomicFile;
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

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write it as JSON as well; '-': to standard output, in place of the table.")
  private @Nullable String json;

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
    PrintWriter out = spec.commandLine().getOut();
    boolean toOutput = "-".equals(json);
    if (json != null && !toOutput) {
      AtomicFile.checkWritable(OutputArguments.path(json));
    }
    Workload workload = model.read();
    Optional<Profile> measured =
        Optional.ofNullable(profile).map(file -> Measured.read(file, workload));
    if (toOutput) {
      out.print(new String(WorkloadJson.write(workload, measured), StandardCharsets.UTF_8));
      return;
    }
    if (json != null) {
      AtomicFile.write(OutputArguments.path(json), WorkloadJson.write(workload, measured));
    }
    WorkloadTable.lines(workload, Terminal.width(), measured).forEach(out::println);
  }
}
