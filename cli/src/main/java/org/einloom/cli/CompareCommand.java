package org.einloom.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.einloom.io.input.Words;
import org.einloom.io.result.ResultFile;
import org.einloom.report.AtomicFile;
import org.einloom.report.CompareCsv;
import org.einloom.report.CompareData;
import org.einloom.report.CompareTable;
import org.einloom.report.Contender;
import org.einloom.report.HtmlReport;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code einloom compare}: results side by side. */
@Command(
    name = "compare",
    description = "Set designs side by side, by their results: each is held against the first.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Runnable {
  @Parameters(
      paramLabel = "RESULT",
      arity = "1..*",
      description = "Two or more results, as 'map' and 'evaluate' write them with --json.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--accuracy",
      paramLabel = "RESULT=PERCENT",
      description =
          "The accuracy of the network as it runs there, which you know from elsewhere. May be"
              + " given once for each result.")
  private List<String> accuracies = new ArrayList<>();

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private JsonOutput json;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description =
          "Write it as comma-separated values as well, a row per design; '-': to standard output,"
              + " in place of the table.")
  private @Nullable String csv;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write it as one HTML file for a browser as well; needs no network.")
  private @Nullable String report;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    if (files.size() < 2) {
      throw new InvalidSpecException(
          "there is nothing to compare %s with; expected two results or more"
              .formatted(Words.quote(files.getFirst())));
    }
    HtmlOutput.check("--report", report);
    json.outputs().add("--csv", csv).add("--report", report).check(files);
    var accuracy = Accuracy.parse(accuracies, files);
    List<Contender> contenders = new ArrayList<>();
    for (String file : files) {
      contenders.add(
          new Contender(
              Words.printable(file),
              ResultFile.read(OutputArguments.path(file)),
              accuracy.of(file)));
    }
    PrintWriter out = spec.commandLine().getOut();
    byte[] asCsv = CompareCsv.write(contenders);
    if (report != null) {
      List<byte[]> results = files.stream().map(ReportCommand::bytes).toList();
      byte[] page = HtmlReport.comparison(contenders, results, Version.number());
      AtomicFile.write(OutputArguments.path(report), page);
    }
    List<String> table = CompareTable.lines(contenders, Terminal.width());
    boolean printedJson = json.put(() -> CompareData.json(contenders, Version.number()), out);
    boolean printedCsv = OutputArguments.put(csv, asCsv, out);
    if (printedJson || printedCsv) {
      CompareTable.warnings(contenders).forEach(w -> Failures.say(spec.commandLine().getErr(), w));
    } else {
      table.forEach(out::println);
    }
  }
}
