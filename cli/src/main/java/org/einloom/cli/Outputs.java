package org.einloom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Words;
import org.einloom.report.AtomicFile;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/** The files that a command is to write, by the options that name them. */
final class Outputs {
  /** What stands for standard output in place of a file. */
  static final String STANDARD_OUTPUT = "-";

  private final Map<String, String> byOption = new LinkedHashMap<>();

  /** Adds a file unless there is none. */
  Outputs add(String option, @Nullable String file) {
    if (file != null) {
      byOption.put(option, file);
    }
    return this;
  }

  /**
   * Before any long work.
   *
   * @param inputs what the command reads: files, or names that may be none
   * @throws InvalidSpecException if a file cannot be written, is an input, or is named twice
   */
  void check(List<String> inputs) {
    List<String> earlier = new ArrayList<>();
    byOption.forEach(
        (option, file) -> {
          if (!file.equals(STANDARD_OUTPUT)) {
            inputs.forEach(input -> keep(input, file, option));
            AtomicFile.checkWritable(OutputArguments.path(file));
          }
          for (String other : earlier) {
            if (same(file, byOption.getOrDefault(other, ""))) {
              throw new InvalidSpecException(
                  other + " and " + option + " name the same file " + Words.quote(file));
            }
          }
          earlier.add(option);
        });
  }

  private static boolean same(String a, String b) {
    return (a.equals(STANDARD_OUTPUT) || b.equals(STANDARD_OUTPUT))
        ? a.equals(b)
        : OutputArguments.path(a)
            .toAbsolutePath()
            .normalize()
            .equals(OutputArguments.path(b).toAbsolutePath().normalize());
  }

  /** Refuses to write over what is read, by whatever name. */
  private static void keep(String input, String output, String option) {
    try {
      if (Files.exists(OutputArguments.path(input))
          && Files.isSameFile(OutputArguments.path(input), OutputArguments.path(output))) {
        throw new InvalidSpecException(
            option + " would write over the input " + Words.quote(input) + "; name another file");
      }
    } catch (IOException e) {
      // The output does not exist yet, so it is no input.
    }
  }
}
