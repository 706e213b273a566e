package org.einloom.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.einloom.component.Attributes;
import org.einloom.component.Catalog;
import org.einloom.component.ComponentModel;
import org.einloom.component.Estimate;
import org.einloom.io.input.Source;
import org.einloom.io.yaml.ComponentsYaml;
import org.einloom.report.EstimateJson;
import org.einloom.report.EstimateTable;
import org.einloom.report.SweepTable;
import org.einloom.workload.InvalidSpecException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code einloom components}: what hardware parts cost, and why. */
@Command(
    name = "components",
    description =
        "Show what hardware parts cost by their attributes, and where each figure is from.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  einloom components                       the classes",
      "  einloom components mac                   the attributes of one",
      "  einloom components mac --format int8 --technology 16nm",
      "  einloom components register_file --size 64B..1KiB --width 16 --technology 65nm"
    })
final class ComponentsCommand implements Runnable {
  @Parameters(
      paramLabel = "CLASS [--ATTRIBUTE VALUE]",
      arity = "0..*",
      description =
          "A class and values of its attributes. A value can be a range, 1KiB..1MiB, that is walked"
              + " by doubling, or a list, 65nm,45nm,28nm.")
  private List<String> words = new ArrayList<>();

  @Mixin
  @SuppressWarnings("NullAway.Init") // set by picocli
  private JsonOutput json;

  @Option(names = "--csv", description = "Print comma-separated values in place of the table.")
  private boolean csv;

  @Option(
      names = "--components",
      paramLabel = "FILE",
      description = "Also the classes of this file: compounds (YAML) or a table (CSV).")
  private List<String> files = new ArrayList<>();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    json.outputs().check(files);
    Catalog catalog = Catalog.installed();
    for (String file : files) {
      catalog = ComponentsYaml.read(Source.file(OutputArguments.path(file)), catalog);
    }
    ComponentArguments arguments = ComponentArguments.of(words);
    if (arguments.componentClass().isEmpty()) {
      if (!arguments.given().isEmpty()) {
        throw new InvalidSpecException(
            "attributes without a class; expected one of " + String.join(", ", catalog.names()));
      }
      refuseOutput("no class");
      EstimateTable.classes(catalog.models()).forEach(out::println);
      return;
    }
    ComponentModel model = catalog.model(arguments.componentClass().get());
    if (arguments.given().isEmpty() && !json.wanted() && !csv) {
      EstimateTable.attributes(model).forEach(out::println);
      return;
    }
    estimate(catalog, model, arguments, out);
  }

  private void refuseOutput(String why) {
    if (json.wanted() || csv) {
      throw new InvalidSpecException(
          why
              + " to estimate for "
              + (csv ? "--csv" : "--json")
              + "; see einloom components --help");
    }
  }

  private void estimate(
      Catalog catalog, ComponentModel model, ComponentArguments arguments, PrintWriter out) {
    List<String> swept = arguments.swept();
    List<Estimate> estimates = new ArrayList<>();
    for (Attributes point : arguments.points(model)) {
      estimates.add(catalog.estimate(model.componentClass(), point));
    }
    json.put(
        () -> EstimateJson.write(estimates, !swept.isEmpty()),
        () -> lines(model, arguments, swept, estimates),
        out);
  }

  private List<String> lines(
      ComponentModel model,
      ComponentArguments arguments,
      List<String> swept,
      List<Estimate> estimates) {
    if (csv) {
      return SweepTable.csv(model, names(swept, arguments), estimates);
    }
    return swept.isEmpty()
        ? EstimateTable.lines(model, estimates.getFirst())
        : SweepTable.lines(model, swept, estimates);
  }

  /** What tells the rows apart; of a single row, all that was given. */
  private static List<String> names(List<String> swept, ComponentArguments arguments) {
    return swept.isEmpty() ? List.copyOf(arguments.given().keySet()) : swept;
  }
}
