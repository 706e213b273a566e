package org.einloom.cli;

import java.util.Arrays;
import picocli.CommandLine;

/**
 * Commands that have another form for Timeloop's files: with {@code --timeloop} there is no model,
 * architecture or mapping to be named besides.
 */
final class TimeloopCommands {
  static final String OPTION = "--timeloop";

  private TimeloopCommands() {}

  /** Puts the other forms in place if that is what the arguments are for. */
  static void replace(CommandLine commands, String... args) {
    boolean asked =
        Arrays.stream(args).anyMatch(a -> a.equals(OPTION) || a.startsWith(OPTION + "="));
    if (asked) {
      commands.getCommandSpec().removeSubcommand("evaluate");
      commands.addSubcommand("evaluate", new TimeloopEvaluateCommand());
      commands.getCommandSpec().removeSubcommand("map");
      commands.addSubcommand("map", new TimeloopMapCommand());
    }
  }
}
