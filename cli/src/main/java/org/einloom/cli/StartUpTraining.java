package org.einloom.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;

/**
 * Runs typical commands once, their output dropped, while the JVM writes the start-up cache of
 * {@code ./einloom}: the classes loaded here are the ones that later need no loading.
 */
final class StartUpTraining {

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("--version"),
          List.of("--help"),
          List.of("arch", "list"),
          List.of("workload", "lenet5"),
          List.of("compare", "--help"),
          List.of("explore", "--help"),
          List.of("explain", "--help"),
          List.of("report", "--help"),
          List.of("schema", "workload"),
          List.of("profile", "--help"),
          List.of("components", "mac", "--format", "int8", "--technology", "45nm"),
          List.of(
              "map",
              "lenet5",
              "--arch",
              "eyeriss",
              "--json",
              "-",
              "--explain",
              "--time-limit",
              "2"),
          List.of(
              "map",
              "resnet50",
              "--layer",
              "/layer1/layer1.0/conv2/Conv",
              "--arch",
              "eyeriss",
              "--threads",
              "1",
              "--json",
              "-"));

  private StartUpTraining() {}

  public static void main(String[] args) {
    var nowhere = new PrintWriter(Writer.nullWriter());
    for (List<String> command : COMMANDS) {
      Main.run(nowhere, nowhere, command.toArray(String[]::new));
    }
  }
}
