package org.einloom.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;

/**
 * Runs typical commands once, their output dropped, while the JVM writes the start-up cache of
 * {@code ./einloom}: the classes loaded here are the ones that later need no loading.
 */
final class StartUpTraining {

  private static final List<List<String>> COMMANDS =
      List.of(List.of("--version"), List.of("--help"));

  private StartUpTraining() {}

  public static void main(String[] args) {
    var nowhere = new PrintWriter(Writer.nullWriter());
    for (List<String> command : COMMANDS) {
      new CommandLine(new Main())
          .setOut(nowhere)
          .setErr(nowhere)
          .execute(command.toArray(String[]::new));
    }
  }
}
