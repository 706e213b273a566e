package org.einloom.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The result of a mapping that comes along, which takes no search. */
final class Matmul {
  private Matmul() {}

  /** The command that evaluates it, with more options. */
  static String[] command(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "evaluate",
                "../examples/matmul.yaml",
                "--arch",
                "teaching",
                "--mapping",
                "../examples/teaching-matmul.mapping.yaml"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** The file that its result was written to. */
  static String result(Path folder, String name, String... more) {
    String file = folder.resolve(name).toString();
    List<String> all = new ArrayList<>(List.of(command(more)));
    all.addAll(List.of("--json", file));
    Cli.run(all.toArray(String[]::new)).succeeded();
    return file;
  }
}
