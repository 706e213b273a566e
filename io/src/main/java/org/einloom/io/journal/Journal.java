package org.einloom.io.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.einloom.io.journal.JournalScan.Place;
import org.einloom.workload.InvalidSpecException;

/**
 * A journal that is being written: lines are added, and each is on the disk when {@link #append}
 * returns. May be called from several threads; nobody else writes to the file meanwhile.
 */
final class Journal implements AutoCloseable {
  private final Path file;
  private final Disk disk;
  private long end;
  private long points;
  private boolean failed;

  /**
   * @param end of the last whole line, where the disk stands
   * @param points lines besides the first
   */
  Journal(Path file, Disk disk, long end, long points) {
    this.file = file;
    this.disk = disk;
    this.end = end;
    this.points = points;
  }

  /**
   * Adds lines, and returns when they are on the disk.
   *
   * @param objects of JSON, each without line breaks
   * @throws InvalidSpecException if there is no space, say; then none of them was added, what was
   *     there before still is, and nothing more can be added
   */
  synchronized void append(List<String> objects) {
    if (failed) {
      throw new InvalidSpecException("nothing more can be written to " + JournalScan.name(file));
    }
    if (objects.isEmpty()) {
      return;
    }
    List<byte[]> lines = objects.stream().map(JournalLine::of).toList();
    long length = 0;
    try {
      for (byte[] line : lines) {
        disk.append(line);
        length += line.length;
      }
      disk.force();
    } catch (IOException e) {
      failed = true;
      takeBack();
      throw new InvalidSpecException(
          ("cannot write to %s: %s; the %s finished before are kept there: make it possible to write,"
                  + " run the same command again, and it continues with the others")
              .formatted(
                  JournalScan.name(file),
                  e.getMessage(),
                  points == 1 ? "1 point" : points + " points"),
          e);
    }
    end += length;
    points += lines.size();
  }

  /** A line that was there when the journal was opened, as it was appended. */
  synchronized String read(Place place) {
    try {
      return JournalLine.read(disk.read(place.offset(), place.length()))
          .orElseThrow(
              () ->
                  new InvalidSpecException(
                      JournalScan.name(file) + " was changed while this run writes to it"));
    } catch (IOException e) {
      throw new InvalidSpecException(
          "cannot read " + JournalScan.name(file) + ": " + e.getMessage(), e);
    }
  }

  /** Half a line would be passed over at the next run; without it, readers need not wonder. */
  private void takeBack() {
    try {
      disk.truncate(end);
    } catch (IOException e) {
      // it is the last line, and as such no harm
    }
  }

  /** Points that the file holds. */
  synchronized long points() {
    return points;
  }

  /** Lets others write. */
  @Override
  public synchronized void close() {
    failed = true;
    try {
      disk.close();
    } catch (IOException e) {
      throw new InvalidSpecException(
          "cannot close " + JournalScan.name(file) + ": " + e.getMessage(), e);
    }
  }
}
