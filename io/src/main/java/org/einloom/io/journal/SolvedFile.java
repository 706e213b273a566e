package org.einloom.io.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.einloom.explore.engine.SolutionStore;
import org.einloom.explore.solve.Family;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.explore.wire.Wire;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/**
 * Solutions of which no point is finished yet, in a file beside the points: a line for each,
 * written at once. It is emptied whenever all points that need them are finished, and is gone at
 * the end.
 *
 * <p>Lines are not forced to the device: the end of a process, however it ends, loses none, a loss
 * of power may lose the last. Nor does it matter if nothing can be written: what is not found here
 * is solved again. The lock of the points' file stands for both.
 */
public final class SolvedFile implements SolutionStore, AutoCloseable {
  private static final String KIND = "solutions of an einloom study";

  private final Path file;
  private final String digest;
  private final Map<String, String> known;
  private @Nullable RandomAccessFile out;
  private long end;
  private boolean failed;

  private SolvedFile(Path file, String digest, There there) {
    this.file = file;
    this.digest = digest;
    this.known = there.known();
    this.end = there.end();
  }

  /**
   * What an earlier run left.
   *
   * @param known by digest of the problem
   * @param end of the last whole line, in bytes
   */
  private record There(Map<String, String> known, long end) {
    static There nothing() {
      return new There(new HashMap<>(), 0);
    }
  }

  /**
   * Beside the points.
   *
   * @param points the file of the points, which this run alone writes to
   * @param header what they are of; what is there of another study is thrown away
   * @param fresh whether to throw away what is there in any case
   */
  public static SolvedFile beside(Path points, JournalHeader header, boolean fresh) {
    Path file = file(points);
    String digest = header.digest();
    try {
      There there = fresh ? There.nothing() : read(file, digest);
      if (there.known().isEmpty()) {
        Files.deleteIfExists(file);
        there = There.nothing();
      }
      return new SolvedFile(file, digest, there);
    } catch (IOException e) {
      throw new InvalidSpecException(
          "cannot read " + JournalScan.name(file) + ": " + e.getMessage(), e);
    }
  }

  /** {@code study.results.solving.jsonl}. */
  static Path file(Path points) {
    String name = String.valueOf(points.getFileName());
    return points.resolveSibling(name.replaceFirst("\\.jsonl$", "") + ".solving.jsonl");
  }

  /** Up to the first line that was not written to its end. */
  private static There read(Path file, String digest) throws IOException {
    if (!Files.isRegularFile(file)) {
      return There.nothing();
    }
    Map<String, String> known = new HashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      var lines = new JournalLines(in);
      long end = 0;
      boolean first = true;
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<JsonMembers> json =
            line.filter(JournalLines.Line::ended)
                .flatMap(whole -> JournalLine.read(whole.bytes()))
                .map(JsonMembers::of);
        if (json.isEmpty() || (first && !isOf(json.get(), digest))) {
          break;
        }
        if (!first) {
          known.put(json.get().text("problem"), json.get().text("step"));
        }
        first = false;
        end += line.get().length();
      }
      return new There(known, end);
    }
  }

  private static boolean isOf(JsonMembers first, String digest) {
    return first.has("study") && first.text("study").equals(digest);
  }

  /** How many solutions the run before left. */
  public int earlier() {
    return known.size();
  }

  @Override
  public synchronized Optional<Family.Step> known(MappingProblem problem) {
    if (known.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(known.get(Wire.digest(problem)))
          .map(text -> Wire.read(Base64.getDecoder().decode(text), Family.Step.class));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // of other sources of the same version
    }
  }

  @Override
  public void put(MappingProblem problem, Family.Step step) {
    String name = Wire.digest(problem);
    String text = Base64.getEncoder().encodeToString(Wire.bytes(step));
    write(name, text);
  }

  private synchronized void write(String name, String text) {
    if (failed) {
      return;
    }
    try {
      var to = out;
      if (to == null) {
        to = begin();
        out = to;
      }
      to.write(line(name, text));
    } catch (IOException e) {
      failed = true;
    }
  }

  private RandomAccessFile begin() throws IOException {
    var to = new RandomAccessFile(file.toFile(), "rw");
    to.setLength(end);
    to.seek(end);
    if (end == 0) {
      to.write(JournalLine.of("{\"kind\":\"%s\",\"study\":\"%s\"}".formatted(KIND, digest)));
    }
    return to;
  }

  private static byte[] line(String name, String text) {
    return JournalLine.of("{\"problem\":\"%s\",\"step\":\"%s\"}".formatted(name, text));
  }

  @Override
  public synchronized void finished() {
    known.clear();
    end = 0;
    shut();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failed = true; // what is there is of this study, and true
    }
  }

  private void shut() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      failed = true;
    }
    out = null;
  }

  /** What is in the file stays for the next run. */
  @Override
  public synchronized void close() {
    shut();
    failed = true;
  }
}
