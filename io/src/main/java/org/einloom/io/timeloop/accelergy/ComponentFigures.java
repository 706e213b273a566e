package org.einloom.io.timeloop.accelergy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.einloom.arch.Figure;
import org.einloom.component.Catalog;
import org.einloom.component.Derivation;
import org.einloom.component.Estimate;
import org.einloom.io.input.Position;
import org.einloom.workload.InvalidSpecException;

/**
 * What a component costs.
 *
 * @param energiesPj by Accelergy's names of its actions
 * @param areaUm2 of an instance
 * @param leakageUw of an instance
 * @param match how it was matched
 */
public record ComponentFigures(
    SequencedMap<String, Figure> energiesPj, Figure areaUm2, Figure leakageUw, Match match) {
  public ComponentFigures {
    energiesPj = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(energiesPj));
  }

  /**
   * The figures of a match.
   *
   * @throws InvalidSpecException with the place, if there is no such part
   */
  static ComponentFigures of(Match match, Catalog catalog, Position at) {
    List<Estimate> estimates =
        match.parts().stream()
            .map(p -> at.locate(() -> catalog.estimate(p.componentClass(), p.attributes())))
            .toList();
    String models =
        estimates.stream().map(Estimate::model).distinct().collect(Collectors.joining(", "));
    String classes =
        match.parts().stream()
            .map(p -> "'" + p.componentClass() + "'")
            .distinct()
            .collect(Collectors.joining(" and "));
    String source =
        "class '%s' of Accelergy as component class %s, %s"
            .formatted(match.accelergyClass(), classes, models);
    var energies = new LinkedHashMap<String, Figure>();
    match
        .actions()
        .forEach(
            (name, uses) -> {
              if (!name.equals(Match.LEAK) && !name.equals(Match.AREA)) {
                energies.put(name, figure(uses, match, estimates, source));
              }
            });
    return new ComponentFigures(
        energies,
        figure(match.actions().getOrDefault(Match.AREA, List.of()), match, estimates, source),
        figure(match.actions().getOrDefault(Match.LEAK, List.of()), match, estimates, source),
        match);
  }

  private static Figure figure(
      List<Match.Use> uses, Match match, List<Estimate> estimates, String source) {
    List<Derivation> parts = new ArrayList<>();
    for (Match.Use u : uses) {
      Estimate e = estimates.get(u.part());
      Derivation one =
          switch (u.action()) {
            case Match.LEAK -> e.leakageUw();
            case Match.AREA -> e.areaUm2();
            default -> Objects.requireNonNull(e.actions().get(u.action())).energyPj();
          };
      parts.add(one.times(u.times(), match.parts().get(u.part()).name()));
    }
    return parts.isEmpty()
        ? Figure.of(0, source)
        : Figure.of(Derivation.sum("parts", parts), source);
  }
}
