package org.einloom.io.study;

import java.util.ArrayList;
import java.util.List;
import org.einloom.explore.Point;
import org.einloom.io.yaml.ArchitectureTemplate;
import org.einloom.io.yaml.StudySpec;

/**
 * What a study sets in a file.
 *
 * @param written as it is written
 * @param paths to where it belongs, in the same order
 */
record Settings(List<StudySpec.Setting> written, List<List<String>> paths) {
  Settings {
    written = List.copyOf(written);
    paths = List.copyOf(paths);
  }

  /** The values at a point. */
  List<ArchitectureTemplate.Setting> at(Point point) {
    List<ArchitectureTemplate.Setting> settings = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      StudySpec.Setting s = written.get(i);
      settings.add(
          new ArchitectureTemplate.Setting(
              paths.get(i), s.value().at(point), s.at(), s.value().at()));
    }
    return settings;
  }

  /** Values that are nothing, for finding out whether there is a place for them. */
  List<ArchitectureTemplate.Setting> anything() {
    List<ArchitectureTemplate.Setting> settings = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      StudySpec.Setting s = written.get(i);
      settings.add(new ArchitectureTemplate.Setting(paths.get(i), "", s.at(), s.value().at()));
    }
    return settings;
  }
}
