package org.einloom.io.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes a journal, killed again and again, ends with what one run would have. */
class JournalKillTest {
  private static final int POINTS = 1500;
  private static final int KILLS = 20;
  private static final JournalHeader HEADER = Headers.of("s", "1");

  @TempDir Path folder;

  /** Writes the points that the journal does not hold, with pauses, until it is killed. */
  static final class Writer {
    public static void main(String[] args) throws InterruptedException {
      Set<String> there = new TreeSet<>();
      try (Journal journal =
          JournalFile.open(Path.of(args[0]), HEADER, false, (line, place) -> there.add(line))) {
        for (int i = 0; i < POINTS; i++) {
          if (!there.contains(point(i))) {
            journal.append(List.of(point(i)));
            Thread.sleep(i % 3);
          }
        }
      }
    }
  }

  /** Some are longer than a page of memory. */
  private static String point(int i) {
    return "{\"id\":\"%d\",\"v\":\"%s\"}".formatted(i, "y".repeat(new Random(i).nextInt(20_000)));
  }

  private static Process start(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            file.toString())
        .inheritIO()
        .start();
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** How soon does not matter: a kill waits for what is written, not for a clock. */
  @Test
  void twentyKillsLoseNothingAndRepeatNothing() throws Exception {
    long seed = Long.getLong("einloom.seed", System.nanoTime());
    var random = new Random(seed);
    Path unbroken = folder.resolve("unbroken.jsonl");
    assertThat(start(unbroken).waitFor()).isZero();
    Path file = folder.resolve("killed.jsonl");
    int killed = 0;
    for (int tries = 0; killed < KILLS; tries++) {
      assertThat(tries).as("tries for %d kills, seed %d", killed, seed).isLessThan(6 * KILLS);
      Process writer = start(file);
      if (random.nextInt(4) == 0) { // while it starts, reads what is there, or writes
        writer.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
      } else {
        long enough = size(file) + 1 + random.nextLong(Files.size(unbroken) / KILLS);
        while (writer.isAlive() && size(file) < enough) {
          writer.waitFor(1, TimeUnit.MILLISECONDS);
        }
      }
      boolean ended = !writer.isAlive();
      writer.destroyForcibly().waitFor(); // SIGKILL
      if (ended) { // it was sooner at its end: another one
        assertThat(file).as("seed %d", seed).hasSameBinaryContentAs(unbroken);
        Files.delete(file);
      } else {
        killed++;
      }
    }
    assertThat(start(file).waitFor()).isZero();
    assertThat(file).as("seed %d", seed).hasSameBinaryContentAs(unbroken);
  }
}
