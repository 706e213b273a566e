package org.einloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.einloom.io.input.Words;
import org.einloom.io.result.ResultFile;
import org.einloom.network.ResultSummary;
import org.einloom.report.AtomicFile;
import org.einloom.report.HtmlReport;
import org.einloom.workload.InvalidSpecException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code einloom report}: a result as a page for a browser. */
@Command(
    name = "report",
    description = "Make a page for a browser of a result: one HTML file that needs no network.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Runnable {
  @Parameters(
      paramLabel = "RESULT",
      description = "A result, as 'map' and 'evaluate' write it with --json.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String result;

  @Option(
      names = {"--output", "-o"},
      required = true,
      paramLabel = "FILE",
      description = "The page, as in result.html.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String output;

  @Override
  public void run() {
    HtmlOutput.check("--output", output);
    new Outputs().add("--output", output).check(List.of(result));
    ResultSummary summary = ResultFile.read(OutputArguments.path(result));
    String title = summary.workload() + " on " + summary.architecture();
    AtomicFile.write(OutputArguments.path(output), HtmlReport.result(title, bytes(result)));
  }

  /** All of a file that was read before, and so is there. */
  static byte[] bytes(String file) {
    try {
      return Files.readAllBytes(OutputArguments.path(file));
    } catch (IOException e) {
      throw new InvalidSpecException(
          "cannot read " + Words.quote(file) + ": " + Words.printable(String.valueOf(e)), e);
    }
  }
}
