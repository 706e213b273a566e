package org.einloom.report;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.einloom.workload.InvalidSpecException;

/** Writes a file as a whole or not at all. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Finds out, before any long work, whether {@link #write} can work.
   *
   * @throws InvalidSpecException saying why it cannot
   */
  public static void checkWritable(Path file) {
    Path folder = folder(file);
    if (Files.isDirectory(file)) {
      throw new InvalidSpecException("cannot write " + file + ": it is a folder; name a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new InvalidSpecException(
          "cannot write " + file + ": there is no folder " + folder + "; create it first");
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new InvalidSpecException("cannot write " + file + ": permission denied");
    }
    if (!Files.exists(file) || Files.isRegularFile(file)) {
      try {
        // some folders say that they can be written to and cannot, such as those of /proc
        Path target = Files.exists(file) ? file.toRealPath() : file;
        Files.delete(Files.createFile(fresh(target)));
      } catch (IOException e) {
        throw new InvalidSpecException("cannot write " + file + ": " + e, e);
      }
    }
  }

  /** Next to the file. */
  private static Path fresh(Path file) {
    return file.resolveSibling(
        "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
  }

  /**
   * Writes next to the file and then puts the new one in the old one's place, so that nobody ever
   * sees half of it. A device or pipe is written to as it is.
   *
   * @throws InvalidSpecException if it cannot be written
   */
  public static void write(Path file, byte[] content) {
    checkWritable(file);
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.write(file, content);
        return;
      }
      // through a link to what it points at, so that the link stays
      Path target = Files.exists(file) ? file.toRealPath() : file;
      Path fresh = fresh(target);
      // on Ctrl-C too
      fresh.toFile().deleteOnExit();
      try {
        Files.write(fresh, content, StandardOpenOption.CREATE_NEW);
        move(fresh, target);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new InvalidSpecException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }
}
