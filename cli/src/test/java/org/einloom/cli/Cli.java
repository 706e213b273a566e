package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** Runs the command inside the test's own JVM. */
final class Cli {
  /** Inputs of the reader's own tests, good and bad. */
  static final Path IO_RESOURCES = Path.of("../io/src/test/resources");

  private Cli() {}

  /** What a command did. */
  record Result(int exitCode, String out, String err) {
    Result succeeded() {
      assertThat(exitCode).as(err).isEqualTo(0);
      return this;
    }

    /** The one message of a command that was given something wrong. */
    String refused() {
      assertThat(exitCode).as(err + out).isEqualTo(2);
      assertThat(err).doesNotContain("\tat ").doesNotContain("Exception");
      assertThat(err.strip().lines().filter(l -> !l.startsWith("einloom: mapping "))).hasSize(1);
      return err.strip();
    }
  }

  static Result run(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Result(exitCode, out.toString(), err.toString());
  }
}
