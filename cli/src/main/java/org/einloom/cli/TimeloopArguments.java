package org.einloom.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.front.Use;
import org.einloom.io.timeloop.model.TimeloopModel;
import picocli.CommandLine.Option;

/** The files of a Timeloop specification. */
final class TimeloopArguments {
  @Option(
      names = TimeloopCommands.OPTION,
      arity = "0..*", // none, so that --help can follow
      paramLabel = "FILE",
      description =
          "Files for Timeloop, in any order: architecture, problem, and tables of energy (ERT) and"
              + " area (ART), constraints and options of the mapper if there are.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "A value for a name in templates, for files of Timeloop's front end. May be given several"
              + " times.")
  private List<String> settings = new ArrayList<>();

  /**
   * What was read.
   *
   * @param remarks what has no meaning, or is taken in a certain way
   */
  record Read(TimeloopSpec spec, TimeloopModel model, Set<Remark> remarks) {
    /** Says what of the files has no meaning, or is taken in a certain way. */
    void say(PrintWriter err) {
      remarks.forEach(r -> err.println("note: " + r));
      err.flush();
    }
  }

  /** Whether there are any. */
  boolean given() {
    return !files.isEmpty();
  }

  /** The names of the files. */
  List<String> files() {
    return List.copyOf(files);
  }

  /** What is read, for the result to tell. */
  InputRecord record() {
    var record = new InputRecord();
    files.forEach(file -> record.file("timeloop", file));
    return record;
  }

  /** The specification and what it means. */
  Read read(Use use) {
    return read(files, use);
  }

  /** The same of files that were named elsewhere. */
  Read read(List<String> named, Use use) {
    TimeloopSpec spec = TimeloopInput.read(named, settings, use);
    return read(spec, TimeloopModel.of(spec));
  }

  /** The specification without what anything costs. */
  Read readWithoutCosts(Use use) {
    TimeloopSpec spec = TimeloopInput.read(files, settings, use);
    return read(spec, TimeloopModel.withoutCosts(spec));
  }

  private static Read read(TimeloopSpec spec, TimeloopModel model) {
    model.requireDense("sparse Timeloop files are evaluated, not searched or translated");
    return new Read(spec, model, new LinkedHashSet<>(model.remarks()));
  }
}
