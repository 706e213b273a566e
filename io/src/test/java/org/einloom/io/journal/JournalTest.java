package org.einloom.io.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.einloom.workload.InvalidSpecException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal loses nothing that was finished, whatever ends a run. */
class JournalTest {
  private static final JournalHeader HEADER = Headers.of("s", "1");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void file() {
    file = folder.resolve("s.points.jsonl");
  }

  private Journal open(List<String> there) {
    return JournalFile.open(file, HEADER, false, (line, place) -> there.add(line));
  }

  private List<String> points() {
    List<String> points = new ArrayList<>();
    assertThat(JournalFile.read(file, points::add)).isEqualTo(HEADER);
    return points;
  }

  private static String point(int i) {
    return "{\"id\":\"p%d\",\"name\":\"\u03bc%s\"}".formatted(i, "x".repeat(i));
  }

  private void write(int points) {
    try (Journal journal = open(new ArrayList<>())) {
      for (int i = 0; i < points; i++) {
        journal.append(List.of(point(i)));
      }
    }
  }

  @Test
  void aLineIsJsonWithItsChecksumFirst() throws IOException {
    write(1);
    assertThat(Files.readAllLines(file).get(1)) // CRC-32C of what stands after it
        .isEqualTo("{\"crc32c\":\"%s\",\"id\":\"p0\",\"name\":\"\u03bc\"}".formatted("055f794f"));
  }

  @Test
  void whatWasWrittenIsReadAndGoneOnWith() {
    write(3);
    List<String> there = new ArrayList<>();
    try (Journal journal = open(there)) {
      assertThat(there).containsExactly(point(0), point(1), point(2));
      assertThat(journal.points()).isEqualTo(3);
      journal.append(List.of(point(3), point(4)));
    }
    assertThat(points()).containsExactly(point(0), point(1), point(2), point(3), point(4));
  }

  /**
   * At whatever byte a file ends, what is whole before it is there, and the rest is written anew.
   */
  @Test
  void aFileMayEndAnywhere() throws IOException {
    write(4);
    byte[] all = Files.readAllBytes(file);
    int header = JournalLine.of(HeaderJson.write(HEADER)).length;
    for (int length = 0; length < all.length; length++) {
      Files.write(file, Arrays.copyOf(all, length));
      int whole = length < header ? 0 : lines(all, length) - 1;
      List<String> there = new ArrayList<>();
      try (Journal journal = open(there)) {
        assertThat(there).as("%d bytes", length).hasSize(whole);
        for (int i = whole; i < 4; i++) {
          journal.append(List.of(point(i)));
        }
      }
      assertThat(Files.readAllBytes(file)).as("%d bytes", length).isEqualTo(all);
    }
  }

  private static int lines(byte[] bytes, int length) {
    int lines = 0;
    for (int i = 0; i < length; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** A loss of power may leave a last line that is long enough, of anything. */
  @Test
  void aLastLineOfAnythingIsPassedOver() throws IOException {
    write(2);
    Files.write(file, new byte[40], StandardOpenOption.APPEND);
    assertThat(points()).hasSize(2);
    Files.write(file, "\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    assertThat(points()).hasSize(2);
    write(0);
    assertThat(points()).hasSize(2);
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  void aDamagedLineBeforeOthersIsNamed() throws IOException {
    write(3);
    String damaged = Files.readString(file).replace("p1", "p9");
    Files.writeString(file, damaged);
    assertThatThrownBy(() -> open(new ArrayList<>()))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "%s, line 3: the line does not match its checksum, and others follow it, so it was changed after it was written; restore the file, or remove that line: its point is then evaluated again",
            file);
    assertThat(Files.readString(file)).isEqualTo(damaged);
  }

  @Test
  void whileOneRunWritesNoOtherDoes() {
    try (Journal journal = open(new ArrayList<>())) {
      journal.append(List.of(point(0)));
      assertThatThrownBy(() -> open(new ArrayList<>()))
          .isInstanceOf(InvalidSpecException.class)
          .hasMessage(
              "another run is writing to %s; wait until it ends, or name another file with --results",
              file);
      assertThat(points()).hasSize(1); // to read is always possible
    }
    write(0);
  }

  @Test
  void resultsOfAChangedStudyAreNotMixedWithOthers() throws IOException {
    write(2);
    byte[] before = Files.readAllBytes(file);
    var changed = Headers.of("s", "2");
    assertThatThrownBy(() -> JournalFile.open(file, changed, false, (line, place) -> {}))
        .isInstanceOf(InvalidSpecException.class)
        .hasMessage(
            "%s holds results from before a change of the parameters; they would not fit together: name another file with --results, throw them away with --fresh, or undo the change",
            file);
    var other = Headers.of("t", "1");
    assertThatThrownBy(() -> JournalFile.open(file, other, false, (line, place) -> {}))
        .hasMessageContaining("holds results of the study 's', not of 't'");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    JournalFile.open(file, changed, true, (line, place) -> {}).close();
    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  @Test
  void aFileOfSomethingElseIsLeftAlone() throws IOException {
    for (String content :
        List.of("a,b\n1,2\n", "{\"a\": 1}", "x", "{\"crc32c\":\"00000000\",\"a\":1}\n")) {
      Files.writeString(file, content);
      for (boolean fresh : new boolean[] {false, true}) {
        assertThatThrownBy(() -> JournalFile.open(file, HEADER, fresh, (line, place) -> {}))
            .as(content)
            .isInstanceOf(InvalidSpecException.class)
            .hasMessageContaining("of a study");
      }
      assertThat(Files.readString(file)).isEqualTo(content);
    }
  }

  /** A disk with so much space, which takes what fits before it fails. */
  private record Small(List<Byte> bytes, int space, boolean canTruncate) implements Disk {
    @Override
    public void append(byte[] more) throws IOException {
      for (byte b : more) {
        if (bytes.size() == space) {
          throw new IOException("No space left on device");
        }
        bytes.add(b);
      }
    }

    @Override
    public void force() {}

    @Override
    public byte[] read(long offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void truncate(long size) throws IOException {
      if (!canTruncate) {
        throw new IOException("Input/output error");
      }
      bytes.subList((int) size, bytes.size()).clear();
    }

    @Override
    public void close() {}
  }

  @Test
  void aFullDiskLosesNothing() throws IOException {
    int line = JournalLine.of(point(1)).length;
    byte[] header = JournalLine.of(HeaderJson.write(HEADER));
    for (boolean canTruncate : new boolean[] {true, false}) {
      for (int space = header.length; space < header.length + 2 * line; space++) {
        var disk = new Small(new ArrayList<>(), space, canTruncate);
        disk.append(header);
        var journal = new Journal(file, disk, header.length, 0);
        int fits = (space - header.length) / line;
        for (int i = 0; i < fits; i++) {
          journal.append(List.of(point(1)));
        }
        assertThatThrownBy(() -> journal.append(List.of(point(1))))
            .isInstanceOf(InvalidSpecException.class)
            .hasMessage(
                "cannot write to %s: No space left on device; the %s finished before are kept there: make it possible to write, run the same command again, and it continues with the others",
                file, fits == 1 ? "1 point" : fits + " points");
        assertThatThrownBy(() -> journal.append(List.of(point(1))))
            .hasMessageContaining("nothing more can be written");
        byte[] left = new byte[disk.bytes().size()];
        Arrays.setAll(new Byte[left.length], i -> left[i] = disk.bytes().get(i));
        Files.write(file, left);
        assertThat(points()).hasSize(fits);
        write(0);
        assertThat(points()).hasSize(fits);
      }
    }
  }
}
