package org.einloom.io.yaml;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in plain words what the YAML library complains about. */
final class Complaint {
  private Complaint() {}

  /** What is wrong, in one line. */
  static String of(MarkedYamlEngineException e) {
    return String.valueOf(e.getProblem()).lines().findFirst().orElse("cannot be parsed").strip();
  }

  /** The usual cause, where there is one; else empty. */
  static String fix(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("'\\t'") || problem.contains("\t")) {
      return "indent with spaces, not tabs";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "put a value that holds ': ' in quotes, or check the indentation";
    }
    if (problem.contains("expected <block end>")
        || problem.contains("could not find expected ':'")) {
      return "check the indentation, and that every key ends in ':'";
    }
    if (problem.contains("expected ',' or")) {
      return "a '{' or '[' is not closed, or a ',' is missing";
    }
    return "";
  }
}
