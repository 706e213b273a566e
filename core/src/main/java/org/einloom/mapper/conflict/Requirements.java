package org.einloom.mapper.conflict;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.einloom.arch.Fanout;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.constraint.Constraint;
import org.einloom.workload.Einsum;
import org.einloom.workload.RankVariable;
import org.einloom.workload.TensorAccess;

/**
 * All that can stand in the way of an answer.
 *
 * @param question the same question as was asked, with rules that name tensors one by one
 * @param all but for what follows; those that the user can change most easily come first
 * @param closed what memories may not keep, unless it is asked of them
 * @param tiles that tiles divide, by variable
 */
record Requirements(
    Question question, List<Requirement> all, List<Requirement> closed, List<Requirement> tiles) {
  private static final List<String> ACTIONS = List.of("read", "write");

  static Requirements of(Question asked) {
    // rules by role or 'all' are split up; but a tensor that is used twice has one name for two
    // uses
    boolean splits = asked.einsum().tensors().stream().allMatch(t -> t.name().equals(t.tensor()));
    Question question = splits ? byTensor(asked) : asked;
    List<Requirement> all = new ArrayList<>();
    for (Constraint c : question.constraints().all().stream().distinct().toList()) {
      all.add(new Requirement.Demand(c));
    }
    List<Requirement> closed = new ArrayList<>();
    for (Memory m : question.architecture().memories()) {
      ofMemory(m, splits, all);
      for (TensorAccess tensor : asked.einsum().tensors()) {
        if (!m.keep().allows(tensor)) {
          (isAsked(m, tensor, question) ? all : closed)
              .add(new Requirement.MayNotKeep(m.name(), tensor.name()));
        }
      }
    }
    for (Fanout f : question.architecture().fanouts()) {
      for (Fanout.Dimension d : f.dimensions()) {
        for (Set<String> names : parts(d.mustNotIndex(), splits)) {
          all.add(new Requirement.MustNotIndex(f.name(), d.name(), names));
        }
      }
    }
    List<Requirement> tiles = new ArrayList<>();
    for (RankVariable v : asked.einsum().variables()) {
      if (v.extent() > 2 && !asked.tiling().imperfect(v.name())) {
        tiles.add(new Requirement.Divides(v.name()));
      }
    }
    return new Requirements(question, List.copyOf(all), List.copyOf(closed), List.copyOf(tiles));
  }

  /** The outermost memory has to keep everything; of others it can be demanded. */
  private static boolean isAsked(Memory memory, TensorAccess tensor, Question question) {
    return memory.equals(question.architecture().nodes().getFirst())
        || question.constraints().all().stream()
            .anyMatch(
                c ->
                    c instanceof Constraint.Kept k
                        && k.memory().equals(memory.name())
                        && Keep.names(k.tensors(), tensor));
  }

  private static void ofMemory(Memory memory, boolean splits, List<Requirement> all) {
    memory.capacityBits().ifPresent(bits -> all.add(new Requirement.Size(memory.name(), bits)));
    for (Set<String> names : parts(memory.keep().must(), splits)) {
      all.add(new Requirement.MustKeep(memory.name(), names));
    }
    for (String action : ACTIONS) {
      if (!memory.actions().containsKey(action)) {
        all.add(new Requirement.NoAction(memory.name(), action));
      }
    }
  }

  private static List<Set<String>> parts(Set<String> names, boolean splits) {
    if (names.isEmpty()) {
      return List.of();
    }
    return splits ? names.stream().sorted().map(Set::of).toList() : List.of(names);
  }

  private static Question byTensor(Question asked) {
    Question question = asked;
    for (Memory m : asked.architecture().memories()) {
      Keep keep =
          new Keep(
              names(asked.einsum(), t -> m.keep().requires(t)),
              names(asked.einsum(), t -> m.keep().allows(t) && !m.keep().requires(t)));
      question = question.withMemory(m.name(), old -> Edits.withKeep(old, keep));
    }
    for (Fanout f : asked.architecture().fanouts()) {
      for (Fanout.Dimension d : f.dimensions()) {
        Set<String> named = names(asked.einsum(), t -> Keep.names(d.mustNotIndex(), t));
        question =
            question.withFanout(
                f.name(),
                old ->
                    Edits.withDimension(
                        old, d.name(), x -> new Fanout.Dimension(x.name(), x.size(), named)));
      }
    }
    return question;
  }

  private static Set<String> names(Einsum einsum, Predicate<TensorAccess> which) {
    return einsum.tensors().stream()
        .filter(which)
        .map(TensorAccess::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
