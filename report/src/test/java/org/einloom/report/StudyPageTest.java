package org.einloom.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.einloom.explore.Budget;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.Measure;
import org.einloom.explore.PointResult;
import org.einloom.explore.PointResult.Cut;
import org.einloom.explore.PointResult.Evaluated;
import org.einloom.explore.PointResult.Infeasible;
import org.einloom.explore.StudyBrief;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of a study holds what its points are. */
class StudyPageTest {
  private static JsonNode page(int points, int layers, StudyPage.Links links) {
    var map = StudyPage.map(StudyExample.results(points, layers), links);
    return JsonMapper.shared().readTree(Json.bytes(map));
  }

  private static boolean beats(Evaluated a, Evaluated b) {
    boolean better = false;
    for (Goal goal : StudyExample.brief().objectives()) {
      String label = goal.measure().label();
      double x = goal.cost(a.measures().get(label));
      double y = goal.cost(b.measures().get(label));
      if (x > y) {
        return false;
      }
      better |= x < y;
    }
    return better;
  }

  @Test
  void theFrontIsThatOfBruteForce() {
    List<PointResult> points = StudyExample.list(130, 1);
    Set<String> front = new HashSet<>();
    for (PointResult p : points) {
      if (p.outcome() instanceof Evaluated e
          && e.broken().isEmpty()
          && points.stream()
              .noneMatch(
                  o -> o.outcome() instanceof Evaluated v && v.broken().isEmpty() && beats(v, e))) {
        front.add(p.point().id());
      }
    }
    Set<String> marked = new HashSet<>();
    page(130, 1, StudyPage.Links.NONE)
        .get("points")
        .forEach(
            p -> {
              if (p.get("front").asBoolean()) {
                marked.add(p.get("id").asString());
              }
            });
    assertThat(front).hasSizeGreaterThan(10).hasSizeLessThan(130);
    assertThat(marked).isEqualTo(front);
  }

  @Test
  void figuresAreThoseOfThePoints() {
    JsonNode page = page(130, 3, StudyPage.Links.NONE);
    Map<String, PointResult> byId = new HashMap<>();
    StudyExample.list(130, 3).forEach(p -> byId.put(p.point().id(), p));
    List<String> measures =
        page.get("measures").valueStream().map(m -> m.get("key").asString()).toList();
    assertThat(measures).containsExactly("energy", "latency", "edp", "power", "area", "accuracy");
    assertThat(page.get("points")).hasSize(130);
    for (JsonNode p : page.get("points")) {
      String id = p.get("id").asString();
      JsonNode energy = p.get("figures").get(0);
      switch (byId.get(id).outcome()) {
        case Evaluated e -> {
          assertThat(energy.asDouble()).isEqualTo(e.energyPj());
          assertThat(page.at("/details/" + id + "/0/layers")).hasSize(3);
        }
        case Cut c -> {
          assertThat(energy.asDouble()).isEqualTo(c.bounds().get("energy"));
          assertThat(p.get("reason").asString()).isEqualTo(c.reason());
        }
        case Infeasible i -> assertThat(energy.isNull()).isTrue();
      }
    }
    assertThat(page.at("/counts/evaluated").asInt()).isEqualTo(110);
    assertThat(page.at("/counts/cut").asInt()).isEqualTo(10);
    assertThat(page.at("/counts/infeasible").asInt()).isEqualTo(10);
  }

  @Test
  void anAnswerIsTheBestOfItsBudget() {
    JsonNode page = page(130, 1, StudyPage.Links.NONE);
    JsonNode tight = page.get("answers").get(0);
    double least =
        StudyExample.list(130, 1).stream()
            .flatMap(p -> p.outcome() instanceof Evaluated e ? Optional.of(e).stream() : null)
            .filter(e -> e.areaUm2() <= 4e5)
            .mapToDouble(e -> e.energyPj() * e.latencyS())
            .min()
            .orElseThrow();
    PointResult best =
        StudyExample.list(130, 1).stream()
            .filter(p -> p.point().id().equals(tight.get("point").asString()))
            .findFirst()
            .orElseThrow();
    var e = (Evaluated) best.outcome();
    assertThat(tight.get("question").asString()).isEqualTo("tight");
    assertThat(e.energyPj() * e.latencyS()).isEqualTo(least);
  }

  @Test
  void ofManyPointsSomeAreShownAndAllAreCounted() {
    JsonNode page = page(10_000, 21, StudyPage.Links.NONE);
    assertThat(page.at("/counts/points").asInt()).isEqualTo(10_000);
    assertThat(page.at("/counts/shown").asInt()).isEqualTo(2000);
    assertThat(page.get("points")).hasSize(2000);
    assertThat(page.get("details").size()).isBetween(100, 400);
    for (JsonNode answer : page.get("answers")) {
      assertThat(page.get("details").has(answer.get("point").asString())).isTrue();
    }
    byte[] html = StudyPage.of(StudyExample.results(10_000, 21), StudyPage.Links.NONE);
    assertThat(html.length).isLessThan(5_000_000);
  }

  @Test
  void namesAreTextAndPagesAreLinked() {
    String html =
        new String(
            StudyPage.of(StudyExample.results(3, 1), (p, w) -> Optional.of("./" + p + "-" + w)),
            StandardCharsets.UTF_8);
    assertThat(html).doesNotContain("<study>").contains("Study: edge &#60;study&#62;");
    assertThat(html).contains("-detector\"");
    assertThat(StudyPage.of(StudyExample.results(0, 1), StudyPage.Links.NONE)).isNotEmpty();
  }

  @Test
  void aBudgetThatNoPointKeepsToNamesTheNearest() {
    JsonNode page = page(40, 1, StudyPage.Links.NONE);
    assertThat(page.get("answers").get(0).get("nearest")).isNull(); // some point keeps to it
    var brief = StudyExample.brief();
    var area = new Limit(Measure.of(Measure.AREA), Double.NEGATIVE_INFINITY, 1, "area <= 1 um2");
    var none =
        new StudyBrief(
            brief.name(),
            brief.architecture(),
            brief.workloads(),
            brief.limits(),
            List.of(new Budget("none", List.of(area), Goal.least(Measure.of(Measure.EDP)))),
            brief.objectives(),
            brief.mapping(),
            "40 points drawn at random, seed 1");
    var results = new StudyResults(none, "00", "1", StudyExample.points(40, 1));
    JsonNode json =
        JsonMapper.shared().readTree(Json.bytes(StudyPage.map(results, StudyPage.Links.NONE)));
    JsonNode answer = json.get("answers").get(0);
    assertThat(answer.get("point").isNull()).isTrue();
    double least = Double.POSITIVE_INFINITY;
    String id = "";
    for (PointResult p : StudyExample.list(40, 1)) {
      if (p.outcome() instanceof Evaluated e && e.broken().isEmpty() && e.areaUm2() < least) {
        least = e.areaUm2();
        id = p.point().id();
      }
    }
    assertThat(answer.at("/nearest/point").asString()).isEqualTo(id);
    assertThat(answer.at("/nearest/over/area").asDouble()).isEqualTo(least - 1);
    assertThat(json.at("/study/sampled").asBoolean()).isTrue();
    assertThat(page.at("/study/sampled").asBoolean()).isFalse();
  }
}
