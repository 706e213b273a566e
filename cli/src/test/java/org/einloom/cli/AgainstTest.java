package org.einloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AgainstTest {
  private static final String FOLDER = "../examples/timeloop/";
  private static final String EVALUATE =
      "evaluate --timeloop %1$sarch.yaml %1$sproblem.yaml %1$smapping.yaml".formatted(FOLDER);
  private static final String TABLES = " %1$sERT.yaml %1$sART.yaml".formatted(FOLDER);

  @Test
  @DisplayName("statistics by Einloom's rules, by Timeloop's, and energies by class")
  void beside() {
    String stats = " --against " + FOLDER + "timeloop-model.stats.txt";
    assertThat(run(EVALUATE + TABLES + stats).out())
        .contains(
            "DRAM Inputs reads", "752", "800", "in Timeloop a tile that moves along two axes");
    assertThat(run(EVALUATE + TABLES + " --accounting timeloop" + stats).out())
        .contains("figures agree")
        .doesNotContain("these do not");
    assertThat(run(EVALUATE + " --against " + FOLDER + "ERT.yaml").out())
        .contains("DRAM read", "dram (type LPDDR4");
    Cli.Result json = run(EVALUATE + TABLES + " --json -" + stats);
    assertThat(json.out()).startsWith("{").doesNotContain("figures agree");
    assertThat(json.err()).contains("752");
  }

  @Test
  @DisplayName("a file that is neither is refused")
  void neither() {
    assertThat(
            Cli.run((EVALUATE + TABLES + " --against " + FOLDER + "problem.yaml").split(" "))
                .refused())
        .contains("this is no statistics file of Timeloop");
  }

  private static Cli.Result run(String command) {
    return Cli.run(command.split(" ")).succeeded();
  }
}
