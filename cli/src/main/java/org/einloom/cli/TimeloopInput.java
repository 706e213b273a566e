package org.einloom.cli;

import java.util.List;
import org.einloom.io.input.Source;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.TimeloopSpec;

/** Reads the files that Timeloop would be given. */
final class TimeloopInput {
  private TimeloopInput() {}

  /** All that the files say, whatever their order. */
  static TimeloopSpec read(List<String> files) {
    return TimeloopFiles.readSources(
        files.stream().map(f -> Source.file(OutputArguments.path(f))).toList());
  }
}
