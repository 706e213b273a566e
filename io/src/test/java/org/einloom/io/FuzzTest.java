package org.einloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.einloom.arch.Design;
import org.einloom.io.input.InputException;
import org.einloom.io.input.Source;
import org.einloom.io.mapping.LoopTreeText;
import org.einloom.io.yaml.ArchitectureYaml;
import org.einloom.io.yaml.ConstraintsYaml;
import org.einloom.io.yaml.MappingYaml;
import org.einloom.io.yaml.WorkloadYaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a good file is damaged, it is read or refused with a place, and nothing else happens. */
class FuzzTest {
  private static final int CASES = 2_500;
  private static final List<String> PIECES =
      List.of(
          "*",
          "&a ",
          "*a",
          "!",
          "!!int ",
          "[",
          "]",
          "{",
          "}",
          ": ",
          "- ",
          "\n",
          "\t",
          "#",
          "\"",
          "'",
          "|",
          ">",
          "%",
          "@",
          "? ",
          "<<",
          "---\n",
          "...\n",
          "-1",
          "0",
          "1e99",
          "\u0085",
          "\uD83D\uDE00",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          ".nan",
          "~",
          "\\u0000");

  @TempDir Path folder;

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    long start = Long.getLong("einloom.seed", System.nanoTime());
    var architecture = BadInputs.goodArchitecture();
    var workload = BadInputs.goodWorkload();
    List<String> good =
        List.of(
            Files.readString(BadInputs.GOOD.resolve("architecture.yaml")),
            Files.readString(BadInputs.GOOD.resolve("workload.yaml")),
            Files.readString(BadInputs.GOOD.resolve("mapping.yaml")),
            Files.readString(BadInputs.GOOD.resolve("constraints.yaml")),
            Files.readString(BadInputs.GOOD.resolve("mapping.txt")));
    int refused = 0;
    for (long seed = start; seed < start + CASES; seed++) {
      // Random itself begins alike for neighbouring seeds
      var random = new Random(new SplittableRandom(seed).nextLong());
      int kind = random.nextInt(good.size());
      Path file = folder.resolve("damaged");
      Files.write(file, damage(good.get(kind), random));
      try {
        Source source = Source.file(file);
        switch (kind) {
          case 0 -> ArchitectureYaml.read(source);
          case 1 -> WorkloadYaml.read(source);
          case 2 -> MappingYaml.read(source).legal(workload, architecture);
          case 3 -> ConstraintsYaml.read(source, Optional.of(Design.of(architecture)));
          default -> LoopTreeText.read(source, workload, architecture);
        }
      } catch (InputException e) {
        refused++;
        assertThat(e.file()).isEqualTo(file.toString());
        assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("replay with -Deinloom.seed=" + seed, e);
      }
    }
    assertThat(refused).isBetween(CASES / 4, CASES - 1);
  }

  private static byte[] damage(String text, Random random) {
    var damaged = new StringBuilder(text);
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(damaged.length());
      int end = Math.min(damaged.length(), at + 1 + random.nextInt(10));
      switch (random.nextInt(6)) {
        case 0 -> damaged.delete(at, end);
        case 1 -> damaged.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> damaged.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        case 3 -> damaged.setCharAt(at, (char) random.nextInt(300));
        case 4 -> damaged.insert(at, damaged.substring(at, end));
        default -> swapLines(damaged, random);
      }
    }
    byte[] bytes = damaged.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(10) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static void swapLines(StringBuilder text, Random random) {
    List<String> lines = new ArrayList<>(text.toString().lines().toList());
    String moved = lines.remove(random.nextInt(lines.size()));
    lines.add(random.nextInt(lines.size() + 1), moved);
    text.setLength(0);
    text.append(String.join("\n", lines)).append('\n');
  }
}
