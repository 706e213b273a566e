package org.einloom.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.arch.Toll;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Objective;
import org.einloom.evaluation.Policy;
import org.einloom.explore.solve.Canonical;
import org.einloom.explore.solve.Family;
import org.einloom.explore.solve.Floor;
import org.einloom.explore.solve.MappingProblem;
import org.einloom.explore.solve.Solution;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random problems: what is said of one by its canonical form, by its floor and by its family, held
 * against its own search.
 */
class SolvedOnceTest {
  private static final int CASES = Integer.getInteger("einloom.cases", 40);

  private static MappingProblem draw(long seed) {
    Problem p = RandomProblems.draw(seed);
    return new MappingProblem(
        p.einsum(), p.architecture(), p.objective(), Constraints.NONE, p.tiling());
  }

  private static MappingResult search(MappingProblem p) {
    return new ExactMapper()
        .map(
            p.einsum(),
            p.architecture(),
            p.objective(),
            new MapperOptions(Policy.DEFAULT, 1).withTiling(p.tiling()));
  }

  private interface Check {
    void of(long seed, MappingProblem p);
  }

  private static void forAll(Check check) {
    forAll(check, () -> true);
  }

  /** Goes on, up to ten times as long, until there was enough to look at. */
  private static void forAll(Check check, BooleanSupplier enough) {
    long first = Long.getLong("einloom.seed", new SplittableRandom().nextLong(1L << 40));
    for (long seed = first;
        seed < first + CASES || (CASES > 1 && !enough.getAsBoolean() && seed < first + 10L * CASES);
        seed++) {
      try {
        check.of(seed, draw(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "replay with -Deinloom.seed=%d: %s%n%s"
                .formatted(seed, e.getMessage(), RandomProblems.draw(seed).describe()),
            e);
      }
    }
  }

  @Test
  @DisplayName("the best mapping of the canonical form is the best of the original")
  void canonical() {
    forAll(
        (seed, p) -> {
          Canonical c = Canonical.of(p);
          MappingResult own = search(p);
          MappingResult canonical = search(c.problem());
          assertThat(canonical.getClass()).isEqualTo(own.getClass());
          if (own instanceof MappingResult.Found a && canonical instanceof MappingResult.Found b) {
            double value = a.optimality().value();
            assertThat(b.optimality().value()).isCloseTo(value, within(1e-9 * value));
            double translated = p.objective().value(p.evaluate(c.original(b.mapping())));
            assertThat(translated).isCloseTo(value, within(1e-9 * value));
          }
        });
  }

  @Test
  @DisplayName("no mapping costs less energy or time than the floor")
  void floor() {
    List<Double> tight = new ArrayList<>();
    forAll(
        (seed, p) -> {
          Floor floor = Floor.of(p.einsum(), p.architecture());
          for (Objective o : List.of(Objective.ENERGY, Objective.LATENCY)) {
            var one =
                new MappingProblem(p.einsum(), p.architecture(), o, Constraints.NONE, p.tiling());
            if (search(one) instanceof MappingResult.Found f) {
              double bound = o.value(floor.energyPj(), floor.latencyS());
              assertThat(bound).as(o.label()).isLessThanOrEqualTo(f.optimality().value());
              tight.add(f.optimality().value() == 0 ? 1 : bound / f.optimality().value());
            }
          }
        });
    // a floor of nothing would pass as well
    assertThat(tight.stream().mapToDouble(Double::doubleValue).average().orElse(0))
        .isGreaterThan(0.3);
  }

  @Test
  @DisplayName("a family says of each of its problems what a search of its own says")
  void family() {
    int[] inferred = {0};
    forAll(
        (seed, p) -> {
          var random = new SplittableRandom(seed);
          List<MappingProblem> members = new ArrayList<>();
          for (int i = 0; i < 6; i++) {
            MappingProblem canonical = Canonical.of(p).problem();
            members.add(
                new MappingProblem(
                    canonical.einsum(),
                    changed(random, canonical.architecture()),
                    canonical.objective(),
                    canonical.constraints(),
                    canonical.tiling()));
          }
          assertThat(members.stream().map(Family::key).distinct()).hasSize(1);
          members.sort(Family.EASIEST_FIRST);
          var family = new Family(new ExactMapper());
          for (MappingProblem m : members) {
            Solution s = family.solve(m, SearchMonitor.NONE).solution();
            inferred[0] += s.source() == Solution.Source.INFERRED ? 1 : 0;
            switch (search(m)) {
              case MappingResult.None n -> assertThat(s.mapping()).isEmpty();
              case MappingResult.Found f -> {
                double value = f.optimality().value();
                assertThat(s.value()).isCloseTo(value, within(1e-9 * value));
                assertThat(s.proven()).isTrue();
                double own = m.objective().value(m.evaluate(s.mapping().orElseThrow()));
                assertThat(own).isCloseTo(value, within(1e-9 * value));
              }
            }
          }
        },
        () -> inferred[0] > 0);
    // how many there are depends on what was drawn: 12, and 46
    assertThat(inferred[0]).as("inferred").isPositive();
  }

  /** Another one of the same structure. */
  private static Architecture changed(SplittableRandom random, Architecture a) {
    List<Node> nodes = new ArrayList<>();
    double energy = random.nextInt(3) == 0 ? 2 : 1;
    for (Node n : a.nodes()) {
      double rate = random.nextInt(1, 4);
      nodes.add(
          switch (n) {
            case Memory m -> {
              var actions = new LinkedHashMap<String, Action>();
              m.actions().forEach((name, x) -> actions.put(name, changed(x, energy, rate)));
              OptionalLong size =
                  m.capacityBits().isPresent()
                      ? OptionalLong.of(m.capacityBits().getAsLong() * random.nextInt(1, 3))
                      : m.capacityBits();
              yield new Memory(
                  m.name(),
                  size,
                  m.keep(),
                  actions,
                  random.nextInt(4) > 0 && m.sharedPort(),
                  m.areaUm2(),
                  leaking(random, m.leakageUw()));
            }
            case Toll t -> t;
            case Fanout f ->
                new Fanout(
                    f.name(),
                    f.dimensions().stream()
                        .map(
                            d ->
                                new Fanout.Dimension(
                                    d.name(), d.size() + random.nextInt(2), d.mustNotIndex()))
                        .toList(),
                    f.multicast(),
                    f.reduce(),
                    f.transfer(),
                    f.areaUm2(),
                    f.leakageUw());
            case Compute c ->
                new Compute(
                    c.name(), changed(c.compute(), energy, rate), c.areaUm2(), c.leakageUw());
          });
    }
    return a.withNodes(nodes);
  }

  private static Figure leaking(SplittableRandom random, Figure leakage) {
    return new Figure(leakage.value() * random.nextInt(1, 3), "", false);
  }

  private static Action changed(Action a, double energy, double rate) {
    return new Action(
        a.name(),
        new Figure(a.energyPj().value() * energy, "", false),
        a.widthBits(),
        a.perCycle() * rate);
  }
}
