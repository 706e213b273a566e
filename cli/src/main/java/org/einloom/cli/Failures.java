package org.einloom.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.einloom.io.input.Words;
import org.einloom.workload.InvalidSpecException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what goes wrong into one message on standard error and an exit code: 2 for what the user
 * gave, 1 for a fault of Einloom's own.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final PrintWriter err;
  private final BooleanSupplier debug;

  Failures(PrintWriter err, BooleanSupplier debug) {
    this.err = err;
    this.debug = debug;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    say(
        message(e, command, List.of(args))
            + " (see "
            + command.getCommandSpec().qualifiedName()
            + " --help)");
    trace(e);
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine commandLine, ParseResult parseResult) {
    return report(e);
  }

  /** Says what went wrong. */
  int report(Throwable e) {
    if (e instanceof InvalidSpecException) {
      say(String.valueOf(e.getMessage()));
      trace(e);
      return ExitCode.USAGE;
    }
    if (e instanceof OutOfMemoryError) {
      say("out of memory; give the JVM more, as in EINLOOM_JAVA_OPTS=-Xmx8g");
    } else {
      say(
          "a fault of einloom itself, please report it with the command and the output of --debug: "
              + e);
    }
    trace(e);
    return ExitCode.SOFTWARE;
  }

  private void say(String message) {
    say(err, message);
  }

  /** One message on one line. */
  static void say(PrintWriter err, String message) {
    err.println("einloom: " + message.strip().replaceAll("\\s*\\R\\s*", "; "));
    err.flush();
  }

  private void trace(Throwable e) {
    if (debug.getAsBoolean()) {
      e.printStackTrace(err);
      err.flush();
    }
  }

  private static String message(ParameterException e, CommandLine command, List<String> args) {
    List<String> unknown = unknownOptions(args, command);
    return switch (e) {
      case UnmatchedArgumentException u -> unmatched(u.getUnmatched(), command);
      // an option that is missing may be there, misspelt
      case MissingParameterException m when !unknown.isEmpty() -> unmatched(unknown, command);
      case MissingParameterException m ->
          "missing "
              + m.getMissing().stream()
                  .map(a -> a.isOption() ? "option --" + longest(a) : a.paramLabel())
                  .collect(Collectors.joining(", "));
      default -> conversion(e).orElse(String.valueOf(e.getMessage()));
    };
  }

  /** A value that is not of its option's type: all of these are whole numbers. */
  private static Optional<String> conversion(ParameterException e) {
    return e.getCause() instanceof TypeConversionException
            && e.getArgSpec() instanceof OptionSpec option
        ? Optional.of(
            "%s is %s; expected a whole number"
                .formatted(option.longestName(), Words.quote(String.valueOf(e.getValue()))))
        : Optional.empty();
  }

  private static List<String> unknownOptions(List<String> args, CommandLine command) {
    return args.stream()
        .filter(a -> a.startsWith("--") && a.length() > 2)
        .filter(a -> !command.getCommandSpec().optionsMap().containsKey(name(a)))
        .toList();
  }

  private static String name(String option) {
    int equals = option.indexOf('=');
    return equals < 0 ? option : option.substring(0, equals);
  }

  private static String longest(CommandLine.Model.ArgSpec a) {
    return ((OptionSpec) a).longestName().replaceFirst("^-+", "")
        + (a.arity().max() > 0 ? " " + a.paramLabel() : "");
  }

  private static String unmatched(List<String> arguments, CommandLine command) {
    String first = arguments.getFirst();
    List<String> known = new ArrayList<>();
    String what;
    if (first.startsWith("-")) {
      what = "unknown option ";
      command.getCommandSpec().options().forEach(o -> known.addAll(List.of(o.names())));
    } else if (command.getSubcommands().isEmpty()) {
      what = "unexpected argument ";
    } else {
      what = "unknown command ";
      known.addAll(command.getSubcommands().keySet());
    }
    String name = first.startsWith("-") ? name(first) : first;
    String expected =
        what.equals("unknown command ") ? "; expected " + String.join(", ", known) : "";
    return what + Words.quote(name) + expected + Names.guess(name, known);
  }
}
