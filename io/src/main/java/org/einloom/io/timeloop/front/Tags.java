package org.einloom.io.timeloop.front;

import java.util.List;
import java.util.Optional;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;

/** The tags that files may use. None of them makes anything but data. */
final class Tags {
  static final List<String> NODES =
      List.of("!Container", "!Component", "!Hierarchical", "!Parallel", "!Nothing");
  static final String NO_MERGE = "!nomerge";
  private static final List<String> PLAIN =
      List.of("!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq");
  private static final String CORE = "tag:yaml.org,2002:";

  private final Included included;

  Tags(Included included) {
    this.included = included;
  }

  /** The tag, or empty; refuses those that are not known. */
  static String check(Optional<String> given, Position at, String kind) {
    if (given.isEmpty() || given.get().equals("!")) {
      return "";
    }
    String tag = given.get().replace(CORE, "!!");
    if (tag.equals("!Element")) {
      tag = "!Component"; // its name before version 0.4 was done
    }
    boolean node = NODES.contains(tag);
    if (node && !kind.equals("mapping") && !tag.equals("!Nothing")) {
      throw at.error("tag '" + tag + "' stands before a " + kind, "expected keys and values");
    }
    if (node || tag.equals(NO_MERGE) || PLAIN.contains(tag)) {
      return tag;
    }
    if (tag.equals("!Pipelined")) {
      throw at.error("'!Pipelined' nodes are not supported");
    }
    if (tag.equals("!include") || tag.equals("!includedir")) {
      throw at.error(
          "tag '" + tag + "' is not supported", "write {{include('file.yaml', 'key')}} instead");
    }
    throw at.error(
        "tag " + Words.quote(tag) + " is refused",
        "files are data; known are " + String.join(", ", NODES) + " and " + NO_MERGE,
        Words.didYouMean(tag, NODES));
  }

  /** What an include of a template stands for. */
  Tree included(String number, Position at, boolean byHand) {
    if (byHand) {
      throw at.error(
          "tag " + Words.quote(Included.TAG) + " is refused",
          "write {{include('file.yaml', 'key')}} instead");
    }
    return included.get(Integer.parseInt(number));
  }
}
