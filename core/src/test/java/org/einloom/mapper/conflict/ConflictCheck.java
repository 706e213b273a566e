package org.einloom.mapper.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.einloom.mapper.conflict.Feasibility.Answer;

/** What is claimed of a conflict, asked for once more, by hand. */
final class ConflictCheck {
  private ConflictCheck() {}

  /** No answer may contradict what the conflict says. */
  static void check(Question asked, Conflict conflict, Feasibility truth) {
    Requirements requirements = Requirements.of(asked);
    List<Requirement> all = new ArrayList<>(requirements.all());
    all.addAll(requirements.closed());
    all.addAll(requirements.tiles());
    List<Requirement> members =
        conflict.members().stream().map(Conflict.Member::requirement).toList();
    assertThat(all).containsAll(members);
    Question base = requirements.question();
    assertThat(truth.ask(keeping(members, conflict.smallest() ? all : requirements.all(), base)))
        .as("a conflict")
        .isNotEqualTo(Answer.EXISTS);
    for (Conflict.Member m : conflict.members()) {
      List<Requirement> rest = new ArrayList<>(members);
      rest.remove(m.requirement());
      assertThat(truth.ask(keeping(rest, all, base)))
          .as("without %s", m.requirement())
          .isNotEqualTo(Answer.NONE);
      assertThat(truth.ask(m.requirement().leftOut(base)))
          .as("with %s only", m.remedy())
          .isEqualTo(m.then());
    }
    if (conflict.smallest()) {
      assertNoneIsSmaller(members.size() - 1, all, base, truth);
    }
  }

  private static void assertNoneIsSmaller(
      int size, List<Requirement> all, Question base, Feasibility truth) {
    subsets(all, size, new ArrayList<>(), 0)
        .forEach(
            s ->
                assertThat(truth.ask(keeping(s, all, base)))
                    .as("only %s", s)
                    .isNotEqualTo(Answer.NONE));
  }

  private static List<List<Requirement>> subsets(
      List<Requirement> all, int size, List<Requirement> chosen, int from) {
    if (chosen.size() == size) {
      return List.of(List.copyOf(chosen));
    }
    List<List<Requirement>> subsets = new ArrayList<>();
    for (int i = from; i < all.size(); i++) {
      chosen.add(all.get(i));
      subsets.addAll(subsets(all, size, chosen, i + 1));
      chosen.removeLast();
    }
    return subsets;
  }

  private static Question keeping(List<Requirement> kept, List<Requirement> all, Question base) {
    Question question = base;
    for (Requirement r : all) {
      question = kept.contains(r) ? question : r.leftOut(question);
    }
    return question;
  }
}
