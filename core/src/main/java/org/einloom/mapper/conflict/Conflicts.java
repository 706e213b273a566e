package org.einloom.mapper.conflict;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.einloom.constraint.Constraint;
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
   * A smallest conflict among all that is required; empty if it is not known that there is no
   * mapping, or when there is none whatever is left out.
   *
   * <p>That tiles divide, and that memories keep nothing that they may not, is taken for granted at
   * first, since mapspaces without it are much larger: only where what conflicts would not do so
   * without it, it becomes part of the conflict. A conflict without it is a smallest one of all,
   * since it is one among conflicts that may need it.
   *
   * @param proven whether it is known already that there is no mapping; otherwise it is asked
   * @param giveUp asked between questions; once true, what is known has to do
   */
  public static Optional<Conflict> find(
      Question question, boolean proven, Feasibility feasibility, BooleanSupplier giveUp) {
    var conflicts = new Conflicts(question, feasibility, giveUp);
    if (proven) {
      conflicts.answers.put(conflicts.requirements.question(), Answer.NONE);
    }
    return conflicts.find();
  }

  private Optional<Conflict> find() {
    List<Requirement> all = requirements.all();
    Optional<SmallestConflict.Found> found =
        SmallestConflict.find(
            all.size(),
            hints(all),
            kept -> ask(leavingOut(all, kept, requirements.question())),
            giveUp);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    BitSet members = found.get().members();
    Question core = leavingOut(all, members, requirements.question());
    List<Requirement> conflict = new ArrayList<>();
    members.stream().forEach(r -> conflict.add(all.get(r)));
    // the remedies first: what was taken for granted takes longest to ask for, and seldom matters
    List<Conflict.Member> explained = new ArrayList<>(explain(conflict, conflict));
    Granted granted = dependsOnArea(conflict) ? new Granted(List.of(), true) : granted(core);
    List<Requirement> whole = new ArrayList<>(conflict);
    whole.addAll(granted.needed());
    explained.addAll(explain(granted.needed(), whole));
    if (explained.isEmpty()) {
      return Optional.empty();
    }
    boolean smallest = found.get().smallest() && granted.known() && granted.needed().isEmpty();
    return Optional.of(new Conflict(explained, smallest, other(explained)));
  }

  /** What is in conflict without any of those, too, where none of them resolves everything. */
  private Optional<Conflict> other(List<Conflict.Member> members) {
    Question rest = requirements.question();
    for (Conflict.Member m : members) {
      if (m.then() != Answer.NONE) {
        return Optional.empty();
      }
      rest = m.requirement().leftOut(rest);
    }
    return ask(rest) == Answer.NONE ? find(rest, true, feasibility, giveUp) : Optional.empty();
  }

  /**
   * The architecture by itself, or with one demand: what is left out then makes questions easier,
   * while rules of the architecture that are left out make them harder.
   */
  private static List<BitSet> hints(List<Requirement> all) {
    BitSet architecture = new BitSet();
    List<BitSet> hints = new ArrayList<>(List.of(architecture));
    for (int r = 0; r < all.size(); r++) {
      architecture.set(r, !(all.get(r) instanceof Requirement.Demand));
    }
    for (int r = 0; r < all.size() && !architecture.get(r); r++) {
      BitSet hint = (BitSet) architecture.clone();
      hint.set(r);
      hints.add(hint);
    }
    return hints;
  }

  /** The area is what it is, whatever is kept where and however it is cut. */
  private static boolean dependsOnArea(List<Requirement> conflict) {
    return conflict.stream()
        .allMatch(
            r -> r instanceof Requirement.Demand d && d.constraint() instanceof Constraint.MaxArea);
  }

  /**
   * What was taken for granted and is part of the conflict after all.
   *
   * @param known whether it is known of everything
   */
  private record Granted(List<Requirement> needed, boolean known) {}

  private Granted granted(Question core) {
    List<Requirement> needed = new ArrayList<>();
    boolean known = true;
    Question question = core;
    for (List<Requirement> granted : List.of(requirements.closed(), requirements.tiles())) {
      Question free = leavingOut(granted, new BitSet(), question);
      switch (ask(free)) {
        case EXISTS -> {
          BitSet kept = indispensable(granted, question);
          if (ask(leavingOut(granted, kept, question)) == Answer.EXISTS) {
            kept = spareless(granted, question);
          }
          kept.stream().forEach(r -> needed.add(granted.get(r)));
          question = leavingOut(granted, kept, question);
          known &= ask(question) == Answer.NONE;
        }
        case NONE -> question = free;
        case UNKNOWN -> known = false;
      }
    }
    return new Granted(needed, known);
  }

  /** Those of the granted ones each of which leaves a mapping when it alone is left out. */
  private BitSet indispensable(List<Requirement> granted, Question question) {
    BitSet kept = new BitSet();
    for (int r = 0; r < granted.size(); r++) {
      kept.set(r, ask(granted.get(r).leftOut(question)) == Answer.EXISTS);
    }
    return kept;
  }

  /** Those of the granted ones without which there is a mapping, one by one. */
  private BitSet spareless(List<Requirement> granted, Question question) {
    BitSet kept = new BitSet();
    kept.set(0, granted.size());
    for (int r = granted.size() - 1; r >= 0; r--) {
      kept.clear(r);
      if (ask(leavingOut(granted, kept, question)) != Answer.NONE) {
        kept.set(r);
      }
    }
    return kept;
  }

  /**
   * What would resolve a conflict.
   *
   * @param members those of it to tell of
   */
  private List<Conflict.Member> explain(List<Requirement> members, List<Requirement> conflict) {
    var remedies = new Remedies(q -> ask(q) == Answer.EXISTS, feasibility);
    List<Conflict.Member> explained = new ArrayList<>();
    for (Requirement r : members) {
      Question otherwiseAll = r.leftOut(requirements.question());
      Answer then = ask(otherwiseAll);
      String remedy = remedies.of(r, then == Answer.EXISTS ? otherwiseAll : onlyWith(conflict, r));
      explained.add(new Conflict.Member(r, remedy, then));
    }
    return explained;
  }

  /** The question with nothing but a conflict, less one member of it. */
  private Question onlyWith(List<Requirement> conflict, Requirement less) {
    // what is taken for granted and no part of the conflict stays, which is quicker to search
    Question question = requirements.question();
    for (Requirement r : requirements.all()) {
      question = conflict.contains(r) ? question : r.leftOut(question);
    }
    return less.leftOut(question);
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
