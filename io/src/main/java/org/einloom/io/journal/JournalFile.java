package org.einloom.io.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.einloom.io.input.Words;
import org.einloom.io.journal.JournalScan.Place;
import org.einloom.workload.InvalidSpecException;
import org.jspecify.annotations.Nullable;

/** Opens journals: to read what is there, or to go on. */
public final class JournalFile {
  private JournalFile() {}

  /**
   * Reads a journal, which somebody may be writing to.
   *
   * @param point takes every line but the first, in the order in which they were written
   * @return what its results are of
   * @throws InvalidSpecException if it cannot be read or is damaged
   */
  public static JournalHeader read(Path file, Consumer<String> point) {
    requireFile(file);
    var header = new AtomicReference<Optional<JournalHeader>>(Optional.empty());
    try (InputStream in = Files.newInputStream(file)) {
      scan(file, in, header, (line, place) -> point.accept(line));
    } catch (IOException e) {
      throw new InvalidSpecException(
          "cannot read " + JournalScan.name(file) + ": " + e.getMessage(), e);
    }
    return header.get().orElseThrow(() -> none(file));
  }

  /**
   * Reads the first line alone.
   *
   * @throws InvalidSpecException if the file holds no results
   */
  static JournalHeader header(Path file) {
    requireFile(file);
    try (InputStream in = Files.newInputStream(file)) {
      return new JournalLines(in)
          .next()
          .filter(JournalLines.Line::ended)
          .flatMap(line -> JournalLine.read(line.bytes()))
          .flatMap(HeaderJson::read)
          .orElseThrow(() -> none(file));
    } catch (IOException e) {
      throw new InvalidSpecException(
          "cannot read " + JournalScan.name(file) + ": " + e.getMessage(), e);
    }
  }

  /** How many lines are whole; the first of them is checked. */
  private static JournalScan scan(
      Path file,
      InputStream content,
      AtomicReference<Optional<JournalHeader>> header,
      BiConsumer<String, Place> point) {
    return JournalScan.of(
        file,
        content,
        (line, place) -> {
          if (header.get().isPresent()) {
            point.accept(line, place);
          } else {
            header.set(Optional.of(HeaderJson.read(line).orElseThrow(() -> none(file))));
          }
        });
  }

  private static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidSpecException(
          "there is no file "
              + JournalScan.name(file)
              + "; expected the results of a study, as 'einloom explore' writes them");
    }
  }

  private static InvalidSpecException none(Path file) {
    return new InvalidSpecException(
        JournalScan.name(file)
            + " holds no results of a study that this version of einloom can read; name another"
            + " file");
  }

  /**
   * Opens a journal to go on with what it does not hold yet; makes it if there is none. What a run
   * did not write to its end is taken away.
   *
   * @param header what the results are of
   * @param fresh whether to throw away what is there
   * @param point takes every line but the first that is there, and where it is
   * @throws InvalidSpecException if another process writes to it, if it is of another study, or of
   *     this one before something of it changed, if it is damaged, or cannot be written
   */
  static Journal open(
      Path file, JournalHeader header, boolean fresh, BiConsumer<String, Place> point) {
    RandomAccessFile locked = lock(file);
    try {
      Disk disk = Disk.of(locked);
      long end = 0;
      long lines = 0;
      if (locked.length() > 0) {
        var there = new AtomicReference<Optional<JournalHeader>>(Optional.empty());
        // by this file alone: to close it opened once more would end the lock
        InputStream content = Channels.newInputStream(locked.getChannel());
        JournalScan scan = scan(file, content, there, fresh ? (line, place) -> {} : point);
        if (there.get().isEmpty()) {
          begun(file, locked, header);
        } else if (!fresh) {
          same(file, there.get().get(), header);
          end = scan.end();
          lines = scan.lines();
        }
      }
      disk.truncate(end);
      if (lines == 0) {
        byte[] first = JournalLine.of(HeaderJson.write(header));
        disk.append(first);
        disk.force();
        force(file);
        end = first.length;
        lines = 1;
      }
      return new Journal(file, disk, end, lines - 1);
    } catch (IOException e) {
      close(locked);
      throw new InvalidSpecException(
          "cannot write to " + JournalScan.name(file) + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      close(locked);
      throw e;
    }
  }

  /** The lock is the system's, and ends with the process, however that ends. */
  private static RandomAccessFile lock(Path file) {
    RandomAccessFile locked = null;
    try {
      locked = new RandomAccessFile(file.toFile(), "rw");
      if (locked.getChannel().tryLock() != null) {
        return locked;
      }
      close(locked);
    } catch (OverlappingFileLockException e) {
      close(locked);
    } catch (IOException e) {
      close(locked);
      throw new InvalidSpecException(
          "cannot open %s to write to it: %s".formatted(JournalScan.name(file), e.getMessage()), e);
    }
    throw new InvalidSpecException(
        "another run is writing to %s; wait until it ends, or name another file with --results"
            .formatted(JournalScan.name(file)));
  }

  private static void close(@Nullable RandomAccessFile file) {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // what is reported says more
    }
  }

  /** A first line that was not written to its end, and nothing else, is no loss. */
  private static void begun(Path file, RandomAccessFile there, JournalHeader header)
      throws IOException {
    byte[] line = JournalLine.of(HeaderJson.write(header));
    byte[] start = new byte[(int) Math.min(there.length(), line.length)];
    there.seek(0);
    there.readFully(start);
    if (start.length == line.length || !Arrays.equals(start, Arrays.copyOf(line, start.length))) {
      throw none(file);
    }
  }

  private static void same(Path file, JournalHeader there, JournalHeader now) {
    if (!there.study().name().equals(now.study().name())) {
      throw new InvalidSpecException(
          "%s holds results of the study '%s', not of '%s'; name another file with --results, or throw them away with --fresh"
              .formatted(
                  JournalScan.name(file),
                  Words.printable(there.study().name()),
                  Words.printable(now.study().name())));
    }
    List<String> changed = there.differences(now);
    if (!changed.isEmpty()) {
      throw new InvalidSpecException(
          ("%s holds results from before a change of %s; they would not fit together: name another file"
                  + " with --results, throw them away with --fresh, or undo the change")
              .formatted(JournalScan.name(file), String.join(", ", changed)));
    }
  }

  /** The folder's entry, too. Not every system can. */
  private static void force(Path file) {
    Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // then the system writes it when it does
    }
  }
}
