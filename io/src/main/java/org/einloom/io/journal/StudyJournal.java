package org.einloom.io.journal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.einloom.explore.MappedWorkload;
import org.einloom.explore.Point;
import org.einloom.explore.PointResult;
import org.einloom.explore.ResultSink;
import org.einloom.io.journal.JournalScan.Place;

/**
 * The results of a study in a journal, a point a line. Of points that were finished before it keeps
 * where they are, and reads them again when it is asked.
 */
public final class StudyJournal implements ResultSink, AutoCloseable {
  private final Journal journal;
  private final Map<String, Place> there;

  private StudyJournal(Journal journal, Map<String, Place> there) {
    this.journal = journal;
    this.there = there;
  }

  /**
   * Goes on with the results of a study; begins if there are none.
   *
   * @param fresh whether to throw away what is there
   * @throws org.einloom.workload.InvalidSpecException if another run is writing to the file, if its
   *     results do not belong to this study as it is now, or if it cannot be written
   */
  public static StudyJournal open(Path file, JournalHeader header, boolean fresh) {
    Map<String, Place> there = new HashMap<>();
    Journal journal =
        JournalFile.open(
            file, header, fresh, (line, place) -> there.put(PointReader.id(line), place));
    return new StudyJournal(journal, there);
  }

  /**
   * Reads results, also while a run adds to them.
   *
   * @param point takes every point, in the order in which they were finished
   * @return what they are of
   * @throws org.einloom.workload.InvalidSpecException if the file cannot be read or is damaged
   */
  public static JournalHeader read(Path file, Consumer<PointResult> point) {
    return JournalFile.read(file, line -> point.accept(PointReader.read(line)));
  }

  /**
   * What results are of.
   *
   * @throws org.einloom.workload.InvalidSpecException if the file holds none
   */
  public static JournalHeader header(Path file) {
    return JournalFile.header(file);
  }

  /** Points that earlier runs finished. */
  public int earlier() {
    return there.size();
  }

  @Override
  public Optional<PointResult> done(Point point) {
    return Optional.ofNullable(there.get(point.id())).map(journal::read).map(PointReader::read);
  }

  @Override
  public void put(PointResult result, List<MappedWorkload> mapped) {
    journal.append(List.of(PointJson.write(result)));
  }

  @Override
  public void close() {
    journal.close();
  }
}
