package org.einloom.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code einloom}. */
@Command(
    name = "einloom",
    description =
        "The best way to run a deep-learning workload on a hardware design, and its cost.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      MapCommand.class,
      EvaluateCommand.class,
      ExplainCommand.class,
      ExploreCommand.class,
      CompareCommand.class,
      ReportCommand.class,
      ConvertCommand.class,
      WorkloadCommand.class,
      ProfileCommand.class,
      ArchCommand.class,
      ComponentsCommand.class,
      ValidateCommand.class,
      SchemaCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  einloom map resnet18 --arch eyeriss",
      "  einloom map resnet18 --arch eyeriss --layer /conv1/Conv --show-mapping",
      "  einloom arch show eyeriss > my.yaml",
      "",
      "Exit codes: 0 done, 2 something given is wrong, 1 a fault of einloom itself,",
      "130 ended by Ctrl-C, with what was found until then."
    })
public final class Main implements Callable<Integer> {

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean debug;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs one command as a process does that is nothing else.
   *
   * @return the exit code
   */
  public static int run(String... args) {
    var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(out, err, args);
    if (out.checkError() && StandardOutput.isPipe()) {
      exitCode = StandardOutput.CLOSED; // who reads has seen enough
    } else if (out.checkError() && exitCode == CommandLine.ExitCode.OK) {
      Failures.say(err, "cannot write to standard output");
      exitCode = CommandLine.ExitCode.SOFTWARE;
    }
    out.flush();
    err.flush();
    return exitCode;
  }

  /**
   * Runs one command.
   *
   * @param out takes the result, nothing else
   * @param err takes progress and errors
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    var main = new Main();
    var failures = new Failures(err, () -> main.debug);
    try {
      var commands = new CommandLine(main);
      // its options are the attributes of the class it is asked for
      Optional.ofNullable(commands.getSubcommands().get("components"))
          .orElseThrow()
          .setUnmatchedOptionsArePositionalParams(true);
      TimeloopCommands.replace(commands, args);
      return commands
          .setOut(out)
          .setErr(err)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setParameterExceptionHandler(failures)
          .setExecutionExceptionHandler(failures)
          .execute(args);
    } catch (Error e) { // picocli handles exceptions alone
      return failures.report(e);
    }
  }

  /** Without a command there is nothing to do, which is wrong, but says what there is. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
