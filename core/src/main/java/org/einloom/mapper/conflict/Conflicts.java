package org.einloom.mapper.conflict;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.einloom.mapper.conflict.Feasibility.Answer;

/** Explains why a question has no answer. */
public final class Conflicts {
  private final Requirements requirements;
  private final Feasibility feasibility;
  private final BooleanSupplier giveUp;
  private final Map<Question, Answer> answers = new HashMap<>();

  private Conflicts(Question question, Feasibility feasibility, BooleanSupplier giveUp) {
    this.requirements = Requirements.of(question);
    this.feasibility = feasibility;
    this.giveUp = giveUp;
  }

  /**
   * A smallest conflict among all that is required; empty if it is not proven that there is no
   * mapping, or when there is none whatever is left out.
   *
   * <p>That tiles divide is taken for granted at first, since a mapspace without it is much larger:
   * only where what conflicts would not do so without it, it becomes part of the conflict.
   *
   * @param giveUp asked between questions; once true, what is known has to do
   */
  public static Optional<Conflict> find(
      Question question, Feasibility feasibility, BooleanSupplier giveUp) {
    return new Conflicts(question, feasibility, giveUp).find();
  }

  private Optional<Conflict> find() {
    List<Requirement> all = requirements.all();
    Optional<SmallestConflict.Found> found =
        SmallestConflict.find(
            all.size(), kept -> ask(leavingOut(all, kept, requirements.question())), giveUp);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    BitSet members = found.get().members();
    Question core = leavingOut(all, members, requirements.question());
    List<Requirement> conflict = new ArrayList<>();
    members.stream().forEach(r -> conflict.add(all.get(r)));
    boolean smallest = found.get().smallest();
    List<Requirement> tiles = tilesNeeded(core);
    conflict.addAll(tiles);
    if (conflict.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(explain(conflict, smallest && tiles.isEmpty()));
  }

  /** The tilings that a conflict needs; none if it is one without them. */
  private List<Requirement> tilesNeeded(Question core) {
    List<Requirement> needed = new ArrayList<>(requirements.tiles());
    Question free = core;
    for (Requirement tile : requirements.tiles()) {
      free = tile.leftOut(free);
    }
    if (needed.isEmpty() || ask(free) != Answer.EXISTS) {
      return List.of();
    }
    for (Requirement tile : requirements.tiles()) {
      List<Requirement> fewer = new ArrayList<>(needed);
      fewer.remove(tile);
      Question question = core;
      for (Requirement other : requirements.tiles()) {
        question = fewer.contains(other) ? question : other.leftOut(question);
      }
      if (ask(question) == Answer.NONE) {
        needed = fewer;
      }
    }
    return needed;
  }

  private Conflict explain(List<Requirement> conflict, boolean smallest) {
    var remedies = new Remedies(q -> ask(q) == Answer.EXISTS);
    List<Conflict.Member> members = new ArrayList<>();
    for (Requirement r : conflict) {
      Question otherwiseAll = r.leftOut(requirements.question());
      boolean enough = ask(otherwiseAll) == Answer.EXISTS;
      String remedy = remedies.of(r, enough ? otherwiseAll : onlyWith(conflict, r));
      members.add(new Conflict.Member(r, remedy, enough));
    }
    return new Conflict(members, smallest);
  }

  /** The question with nothing but a conflict, less one member of it. */
  private Question onlyWith(List<Requirement> conflict, Requirement less) {
    Question question = requirements.question();
    List<Requirement> everything = new ArrayList<>(requirements.all());
    // tiles that are not part of the conflict stay as they are, which is quicker to search
    everything.addAll(conflict.stream().filter(Requirement.Divides.class::isInstance).toList());
    for (Requirement r : everything) {
      if (!conflict.contains(r) || r.equals(less)) {
        question = r.leftOut(question);
      }
    }
    return question;
  }

  private static Question leavingOut(List<Requirement> all, BitSet kept, Question question) {
    Question rest = question;
    for (int r = 0; r < all.size(); r++) {
      if (!kept.get(r)) {
        rest = all.get(r).leftOut(rest);
      }
    }
    return rest;
  }

  private Answer ask(Question question) {
    Answer known = answers.get(question);
    if (known != null) {
      return known;
    }
    if (giveUp.getAsBoolean()) {
      return Answer.UNKNOWN;
    }
    Answer answer = feasibility.ask(question);
    answers.put(question, answer);
    return answer;
  }
}
