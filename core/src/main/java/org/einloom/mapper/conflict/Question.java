package org.einloom.mapper.conflict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.einloom.arch.Architecture;
import org.einloom.arch.Fanout;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.constraint.Constraint;
import org.einloom.constraint.Constraints;
import org.einloom.mapper.Tiling;
import org.einloom.workload.Einsum;

/** Is there a mapping of the Einsum on the architecture, with these tiles, that is asked for? */
public record Question(
    Einsum einsum, Architecture architecture, Constraints constraints, Tiling tiling) {

  /** With one memory changed. */
  Question withMemory(String name, UnaryOperator<Memory> change) {
    return withNodes(n -> n instanceof Memory m && m.name().equals(name) ? change.apply(m) : n);
  }

  /** With one fanout changed. */
  Question withFanout(String name, UnaryOperator<Fanout> change) {
    return withNodes(n -> n instanceof Fanout f && f.name().equals(name) ? change.apply(f) : n);
  }

  private Question withNodes(UnaryOperator<Node> change) {
    List<Node> nodes = architecture.nodes().stream().map(change).toList();
    return new Question(einsum, architecture.withNodes(nodes), constraints, tiling);
  }

  /** With one demand more. */
  Question with(Constraint constraint) {
    var more = new ArrayList<>(constraints.all());
    more.add(constraint);
    return new Question(einsum, architecture, new Constraints(more), tiling);
  }

  /** With one demand less; of equal ones, too. */
  Question without(Constraint constraint) {
    var rest = constraints.all().stream().filter(c -> !c.equals(constraint)).toList();
    return new Question(einsum, architecture, new Constraints(rest), tiling);
  }

  /** With tiles of all sizes for one variable. */
  Question withImperfect(String variable) {
    var choices = new HashMap<>(tiling.byVariable());
    choices.put(variable, true);
    return new Question(einsum, architecture, constraints, new Tiling(tiling.imperfect(), choices));
  }
}
