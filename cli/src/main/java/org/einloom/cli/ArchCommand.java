package org.einloom.cli;

import org.einloom.io.Shipped;
import org.einloom.io.input.Words;
import org.einloom.report.DesignTable;
import org.einloom.report.FiguresTable;
import org.einloom.workload.InvalidSpecException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code einloom arch}: the designs that come with Einloom. */
@Command(
    name = "arch",
    description =
        "List the shipped architectures, show one as a start for your own, or show what one costs.",
    mixinStandardHelpOptions = true)
final class ArchCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "what about the architectures? Expected 'list', 'show NAME' or 'costs ARCH'");
  }

  @Command(
      name = "list",
      description = "List the shipped architectures.",
      mixinStandardHelpOptions = true)
  void list(
      @Option(
              names = "--details",
              description = "Show what each has: computes, peak, memory on the chip, area, bits.")
          boolean details) {
    var out = spec.commandLine().getOut();
    var described = Shipped.architectures();
    if (details) {
      DesignTable.lines(
              described.keySet().stream()
                  .map(name -> Shipped.resolveArchitectureFile(name).design())
                  .toList())
          .forEach(out::println);
      return;
    }
    int width = described.keySet().stream().mapToInt(String::length).max().orElse(0);
    described.forEach((name, line) -> out.printf("%-" + width + "s  %s%n", name, line));
  }

  @Command(
      name = "show",
      description = "Show a shipped architecture as YAML: einloom arch show eyeriss > my.yaml",
      mixinStandardHelpOptions = true)
  void show(@Parameters(paramLabel = "NAME", description = "Its name.") String name) {
    var names = Shipped.architectures().keySet();
    if (!names.contains(name)) {
      throw new InvalidSpecException(
          "no shipped architecture is called %s; shipped are %s%s"
              .formatted(Words.quote(name), String.join(", ", names), Names.guess(name, names)));
    }
    spec.commandLine().getOut().print(Shipped.architectureText(name));
  }

  @Command(
      name = "costs",
      description = "Show every cost of an architecture with where it comes from.",
      mixinStandardHelpOptions = true)
  void costs(
      @Parameters(paramLabel = "ARCH", description = "A shipped architecture or a YAML file.")
          String arch) {
    FiguresTable.lines(Shipped.resolveArchitecture(arch))
        .forEach(spec.commandLine().getOut()::println);
  }
}
