package org.einloom.io.timeloop.accelergy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.einloom.component.Attributes;

/**
 * What a component of an Accelergy class is made of, in Einloom's terms.
 *
 * @param accelergyClass as the file names it
 * @param parts in order
 * @param actions by Accelergy's names: what each part does for one of them. {@link #LEAK} and
 *     {@link #AREA} are among them, and say how much of each part's leakage and area counts
 * @param notes what was chosen because the file does not say it, one line each
 */
public record Match(
    String accelergyClass,
    List<Part> parts,
    SequencedMap<String, List<Use>> actions,
    List<String> notes) {
  /** Not an action of words: what an instance leaks. */
  public static final String LEAK = "leak";

  /** Not an action: the area that an instance takes. */
  public static final String AREA = "area";

  /**
   * Components of one class.
   *
   * @param name unique in the match
   * @param componentClass a class of Einloom
   * @param attributes of that class
   * @param count how many there are
   */
  public record Part(String name, String componentClass, Attributes attributes, long count) {
    @Override
    public String toString() {
      String given =
          attributes.values().entrySet().stream()
              .map(e -> e.getKey() + " " + e.getValue())
              .collect(Collectors.joining(", "));
      return (count == 1 ? "" : count + " x ") + componentClass + " (" + given + ")";
    }
  }

  /**
   * What one part does.
   *
   * @param part its place in the list
   * @param action of its class, or {@link #LEAK}, or {@link #AREA}
   * @param times how often
   */
  public record Use(int part, String action, double times) {}

  public Match {
    parts = List.copyOf(parts);
    actions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(actions));
    notes = List.copyOf(notes);
  }

  /** A match with one part, whose leakage and area count in full. */
  static Match of(String accelergyClass, Part part, SequencedMap<String, String> actions) {
    var uses = new LinkedHashMap<String, List<Use>>();
    actions.forEach((name, own) -> uses.put(name, List.of(new Use(0, own, 1))));
    return new Match(accelergyClass, List.of(part), uses, List.of()).withWhole(part, 0);
  }

  /** This with one more part, all of which does an action whenever one of these is done. */
  Match and(Part part, String action, List<String> when) {
    var all = new ArrayList<>(parts);
    all.add(part);
    var uses = new LinkedHashMap<>(actions);
    for (String name : when) {
      uses.merge(name, List.of(new Use(parts.size(), action, 1)), Match::both);
    }
    return new Match(accelergyClass, all, uses, notes).withWhole(part, parts.size());
  }

  private Match withWhole(Part part, int place) {
    var uses = new LinkedHashMap<>(actions);
    uses.merge(LEAK, List.of(new Use(place, LEAK, part.count())), Match::both);
    uses.merge(AREA, List.of(new Use(place, AREA, part.count())), Match::both);
    return new Match(accelergyClass, parts, uses, notes);
  }

  /** This with a note. */
  Match noting(String note) {
    var more = new ArrayList<>(notes);
    more.add(note);
    return new Match(accelergyClass, parts, actions, more);
  }

  private static List<Use> both(List<Use> a, List<Use> b) {
    var all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  /** {@code smartbuffer_SRAM is sram (...) and 2 x adder (...)}. */
  @Override
  public String toString() {
    if (parts.isEmpty()) {
      return accelergyClass + " is made of nothing";
    }
    return accelergyClass
        + " is "
        + parts.stream().map(Part::toString).collect(Collectors.joining(" and "));
  }
}
