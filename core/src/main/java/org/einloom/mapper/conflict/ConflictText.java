package org.einloom.mapper.conflict;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.einloom.mapper.conflict.Conflict.Member;
import org.einloom.mapper.conflict.Feasibility.Answer;
import org.einloom.mapper.conflict.Requirement.MustKeep;

/** Words conflicts; what one memory must keep is told at once. */
final class ConflictText {
  private ConflictText() {}

  static String of(Conflict conflict) {
    List<Member> members = conflict.members();
    List<Member> enough = members.stream().filter(m -> m.then() == Answer.EXISTS).toList();
    return sentences(members)
        + (members.size() == 1
            ? ": this leaves no mapping; "
            : ": together these leave no mapping; ")
        + String.join(", or ", remedies(enough.isEmpty() ? members : enough))
        + (enough.isEmpty() ? afterwards(members) : "")
        + conflict.other().map(other -> ": " + of(other)).orElse("");
  }

  private static String afterwards(List<Member> members) {
    return members.stream().allMatch(m -> m.then() == Answer.NONE)
        ? "; but even then other requirements leave none"
        : "; whether that is enough is not known";
  }

  private static String sentences(List<Member> members) {
    Map<String, Set<String>> kept = kept(members);
    Set<String> sentences = new LinkedHashSet<>();
    for (Member m : members) {
      sentences.add(
          m.requirement() instanceof MustKeep k
              ? new MustKeep(k.memory(), kept.getOrDefault(k.memory(), k.tensors())).says()
              : m.requirement().says());
    }
    return String.join("; ", sentences);
  }

  private static List<String> remedies(List<Member> members) {
    Map<String, Set<String>> kept = kept(members);
    Set<String> remedies = new LinkedHashSet<>();
    for (Member m : members) {
      remedies.add(
          m.requirement() instanceof MustKeep k
              ? Remedies.bypass(k.memory(), kept.getOrDefault(k.memory(), k.tensors()))
              : m.remedy());
    }
    return List.copyOf(remedies);
  }

  private static Map<String, Set<String>> kept(List<Member> members) {
    Map<String, Set<String>> kept = new LinkedHashMap<>();
    for (Member m : members) {
      if (m.requirement() instanceof MustKeep k) {
        kept.computeIfAbsent(k.memory(), _ -> new TreeSet<>()).addAll(k.tensors());
      }
    }
    return kept;
  }
}
