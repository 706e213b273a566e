package org.einloom.io.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.einloom.explore.Limit;
import org.einloom.explore.Study;
import org.einloom.explore.StudyBrief;

/**
 * The first line of a journal: what its results are of.
 *
 * @param study what is to be known of it
 * @param version of Einloom
 * @param parts fingerprints of all that results depend on, by what a user calls it
 */
public record JournalHeader(StudyBrief study, String version, Map<String, String> parts) {
  private static final int DIGITS = 16;

  public JournalHeader {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /**
   * Of a study as it is now. What a point costs does not depend on the other points, but whether it
   * is cut does; so results belong to the whole study as it was.
   *
   * @param version of Einloom
   * @param noCut whether points that cannot be an answer are solved as well
   * @param timeLimit of each search; with another one there would be other figures
   */
  public static JournalHeader of(
      Study study, String version, boolean noCut, Optional<Duration> timeLimit) {
    var parts = new LinkedHashMap<String, String>();
    parts.put("the architecture, the workloads or what is set in them", study.digest());
    parts.put("the parameters", fingerprint(study.space()));
    parts.put("the limits", fingerprint(study.limits().stream().map(JournalHeader::bare).toList()));
    parts.put("the objectives", fingerprint(study.objectives()));
    parts.put("the budgets", fingerprint(bare(study)));
    parts.put("the method", fingerprint(study.method()));
    parts.put("the option --no-cut", Boolean.toString(noCut));
    timeLimit.ifPresent(limit -> parts.put("the option --time-limit", limit.toString()));
    parts.put("the version of einloom", version);
    return new JournalHeader(StudyBrief.of(study), version, parts);
  }

  /** Without the place in a file. */
  private static Limit bare(Limit limit) {
    return new Limit(limit.measure(), limit.least(), limit.most(), "");
  }

  private static List<Object> bare(Study study) {
    List<Object> all = new ArrayList<>();
    study
        .budgets()
        .forEach(
            b -> {
              all.add(b.name());
              all.add(b.best());
              b.limits().forEach(l -> all.add(bare(l)));
            });
    return all;
  }

  /** Of records of records, which say all of themselves. */
  private static String fingerprint(Object part) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(part.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Of everything together; equal for equal studies alone. */
  public String digest() {
    return fingerprint(study.name() + parts);
  }

  /** What is not the same there, by what a user calls it. */
  List<String> differences(JournalHeader other) {
    List<String> names = new ArrayList<>();
    parts.forEach(
        (name, fingerprint) -> {
          if (!fingerprint.equals(other.parts.get(name))) {
            names.add(name);
          }
        });
    other.parts.keySet().stream().filter(name -> !parts.containsKey(name)).forEach(names::add);
    return names;
  }
}
