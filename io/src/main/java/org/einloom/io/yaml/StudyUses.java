package org.einloom.io.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.explore.Axis;
import org.einloom.explore.Dependent;
import org.einloom.io.input.Position;
import org.einloom.io.input.Words;

/**
 * Finds parameters whose values make no difference: each would multiply the points of a study by
 * equal ones.
 */
final class StudyUses {
  private StudyUses() {}

  /**
   * Complains of the first one.
   *
   * @param places of the parameters
   */
  static void check(StudySpec spec, Map<String, Position> places) {
    Set<String> used = used(spec);
    for (Axis axis : spec.space().axes()) {
      if (axis.rows().size() > 1 && axis.names().stream().noneMatch(used::contains)) {
        String name = axis.names().getFirst();
        String shown = Words.quote(String.join(", ", axis.names()));
        String message =
            "parameter %s changes nothing, and there would be %d times as many points as there are designs"
                .formatted(shown, axis.rows().size());
        String fix =
            "expected ${%s} in a value under 'set', 'bits' or 'workloads', or a column of a table; or leave it out"
                .formatted(name);
        throw Optional.ofNullable(places.get(name)).orElseThrow().error(message, fix);
      }
    }
  }

  /** What changes designs, workloads or what tables say; also by way of what follows from it. */
  private static Set<String> used(StudySpec spec) {
    List<Template> templates = new ArrayList<>(spec.bits().values());
    spec.settings().forEach(s -> templates.add(s.value()));
    for (StudySpec.Model m : spec.models()) {
      m.weight().ifPresent(templates::add);
      m.batch().ifPresent(templates::add);
      templates.addAll(m.dimensions().values());
      templates.addAll(m.parameters().values());
      m.sparse().ifPresent(s -> s.settings().forEach(x -> templates.add(x.value())));
    }
    Set<String> used = new HashSet<>();
    templates.forEach(t -> used.addAll(t.parameters()));
    spec.tables().forEach(t -> used.addAll(t.parameters()));
    for (Dependent d : spec.space().dependents().reversed()) { // each follows from those before it
      if (used.contains(d.name())) {
        switch (d.rule()) {
          case Dependent.Rule.Formula f -> used.addAll(f.expression().variables());
          case Dependent.Rule.Cases c -> used.add(c.of());
        }
      }
    }
    return used;
  }
}
