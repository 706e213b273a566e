package org.einloom.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.einloom.report.AtomicFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command shows, for programs: beside the text, or in place of it. */
final class JsonOutput {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write it as JSON as well; '-': to standard output, in place of the text.")
  private @Nullable String file;

  /** Whether it is wanted. */
  boolean wanted() {
    return file != null;
  }

  /** The file, to be checked with others before any long work. */
  Outputs outputs() {
    return new Outputs().add("--json", file);
  }

  /**
   * Writes or prints it if it was wanted.
   *
   * @return whether it was printed, so that nothing else is to be
   */
  boolean put(Supplier<byte[]> json, PrintWriter out) {
    return file != null && put(file, json.get(), out);
  }

  /** The same, and the text if that is to be printed. */
  void put(Supplier<byte[]> json, Supplier<List<String>> text, PrintWriter out) {
    List<String> lines = text.get(); // what fails, fails before anything is written
    if (!put(json, out)) {
      lines.forEach(out::println);
    }
  }

  /** Writes to a file, or prints where its name is that of standard output; whether it printed. */
  static boolean put(String file, byte[] bytes, PrintWriter out) {
    boolean print = file.equals(Outputs.STANDARD_OUTPUT);
    if (print) {
      out.print(new String(bytes, StandardCharsets.UTF_8));
    } else {
      AtomicFile.write(OutputArguments.path(file), bytes);
    }
    return print;
  }
}
