package org.einloom.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.einloom.io.input.Words;
import org.einloom.io.timeloop.Remark;
import org.einloom.io.timeloop.TimeloopFiles;
import org.einloom.io.timeloop.TimeloopSpec;
import org.einloom.io.timeloop.front.FrontEnd;
import org.einloom.io.timeloop.front.NativeDocuments;
import org.einloom.io.timeloop.front.Use;
import org.einloom.workload.InvalidSpecException;

/** Reads the files that Timeloop, or its front end, would be given. */
final class TimeloopInput {
  private TimeloopInput() {}

  /**
   * All that the files say, whatever their order.
   *
   * @param settings values for names in templates, {@code NAME=VALUE}
   */
  static TimeloopSpec read(List<String> files, List<String> settings, Use use) {
    for (String file : files) {
      if (file.startsWith("-") && !java.nio.file.Files.exists(OutputArguments.path(file))) {
        throw new InvalidSpecException(
            "%s: --timeloop takes it for a file, as it is no option of this command; see --help"
                .formatted(Words.quote(file)));
      }
    }
    NativeDocuments documents =
        FrontEnd.read(
            files.stream().map(OutputArguments::path).toList(), parameters(settings), use);
    TimeloopSpec spec = TimeloopFiles.read(documents.documents());
    List<Remark> remarks = new ArrayList<>(documents.remarks());
    remarks.addAll(spec.remarks());
    return new TimeloopSpec(
        spec.architecture(),
        spec.problem(),
        spec.mapping(),
        spec.energies(),
        spec.areas(),
        spec.sections(),
        remarks);
  }

  private static Map<String, String> parameters(List<String> settings) {
    var parameters = new LinkedHashMap<String, String>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new InvalidSpecException(
            "--set %s: expected NAME=VALUE, as in --set batch=4".formatted(Words.quote(setting)));
      }
      String name = setting.substring(0, equals).strip();
      if (parameters.put(name, setting.substring(equals + 1).strip()) != null) {
        throw new InvalidSpecException("--set gives %s twice".formatted(Words.quote(name)));
      }
    }
    return parameters;
  }
}
