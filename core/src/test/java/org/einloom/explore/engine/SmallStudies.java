package org.einloom.explore.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.einloom.arch.Action;
import org.einloom.arch.Architecture;
import org.einloom.arch.Compute;
import org.einloom.arch.Design;
import org.einloom.arch.Fanout;
import org.einloom.arch.Figure;
import org.einloom.arch.Keep;
import org.einloom.arch.Memory;
import org.einloom.arch.Node;
import org.einloom.component.Value;
import org.einloom.constraint.Constraints;
import org.einloom.evaluation.Objective;
import org.einloom.explore.Axis;
import org.einloom.explore.Budget;
import org.einloom.explore.DesignSpace;
import org.einloom.explore.Goal;
import org.einloom.explore.Limit;
import org.einloom.explore.Measure;
import org.einloom.explore.Method;
import org.einloom.explore.Point;
import org.einloom.explore.PointBuilder;
import org.einloom.explore.Study;
import org.einloom.mapper.Tiling;
import org.einloom.workload.Affine;
import org.einloom.workload.Einsum;
import org.einloom.workload.Layer;
import org.einloom.workload.RankVariable;
import org.einloom.workload.Role;
import org.einloom.workload.TensorAccess;
import org.einloom.workload.Widths;
import org.einloom.workload.Workload;

/** Studies of three matrix products on a buffer and an array, or a pool, of multipliers. */
final class SmallStudies {
  private SmallStudies() {}

  /** A study with what makes its designs. */
  record Case(Study study, PointBuilder builder) {}

  /** The study of this seed: four parameters with some values each, sometimes with limits. */
  static Case draw(long seed) {
    return draw(seed, Objective.EDP);
  }

  /**
   * The same with mappings that are chosen for something else. Of mappings of least energy or least
   * latency there may be several, which differ in the other.
   */
  static Case draw(long seed, Objective mapping) {
    var random = new SplittableRandom(seed);
    List<Axis> axes =
        List.of(
            axis(random, "size", 96, 160, 400, 1000),
            axis(random, "rate", 1, 2, 4),
            axis(random, "array", 1, 2, 4),
            axis(random, "link", 0.25, 0.5, 2));
    boolean pool = random.nextBoolean();
    boolean leaks = random.nextBoolean();
    List<Goal> objectives = new ArrayList<>();
    for (String name : List.of("energy", "latency", "area", "edp", "power")) {
      if (random.nextInt(2) == 0) {
        objectives.add(Goal.least(Measure.of(name)));
      }
    }
    if (objectives.isEmpty()) {
      objectives.add(Goal.least(Measure.of("edp")));
    }
    if (random.nextInt(3) == 0) {
      objectives.add(new Goal(Measure.of("accuracy"), true));
    }
    double area = 300 + random.nextInt(1500);
    List<Limit> limits = random.nextBoolean() ? List.of() : List.of(most(Measure.of("area"), area));
    var budget =
        new Budget(
            "small",
            List.of(most(Measure.of("area"), 700), most(Measure.of("latency"), 40e-9)),
            Goal.least(Measure.of("energy")));
    var study =
        new Study(
            "small " + seed,
            "00",
            "made",
            List.of("products"),
            new DesignSpace(axes, List.of(), List.of()),
            limits,
            List.of(budget),
            objectives,
            mapping,
            new Method.Factorial());
    return new Case(study, p -> candidate(p, pool, leaks));
  }

  /** 108 points of which the least energy-delay product is asked. */
  static Case whole() {
    List<Axis> axes = new ArrayList<>();
    axes.add(Axis.of("size", values(96, 160, 400, 1000)));
    axes.add(Axis.of("rate", values(1, 2, 4)));
    axes.add(Axis.of("array", values(1, 2, 4)));
    axes.add(Axis.of("link", values(0.25, 0.5, 2)));
    var study =
        new Study(
            "whole",
            "00",
            "made",
            List.of("products"),
            new DesignSpace(axes, List.of(), List.of()),
            List.of(),
            List.of(),
            List.of(Goal.least(Measure.of("edp"))),
            Objective.EDP,
            new Method.Factorial());
    return new Case(study, p -> candidate(p, true, false));
  }

  private static List<Value> values(double... numbers) {
    return Arrays.stream(numbers).mapToObj(Value::of).toList();
  }

  private static Limit most(Measure m, double most) {
    return new Limit(m, Double.NEGATIVE_INFINITY, most, m.label() + " at most " + most);
  }

  private static Axis axis(SplittableRandom random, String name, double... values) {
    List<Value> some = new ArrayList<>();
    for (double v : values) {
      if (random.nextInt(4) > 0) {
        some.add(Value.of(v));
      }
    }
    return Axis.of(name, some.isEmpty() ? List.of(Value.of(values[0])) : some);
  }

  private static double number(Point p, String name) {
    return ((Value.Amount) p.value(name).orElseThrow()).number();
  }

  /** The same design with a compute of another area. */
  static Design withArea(Design design, double areaUm2) {
    List<Node> nodes = new ArrayList<>(design.first().nodes());
    var compute = (Compute) nodes.removeLast();
    nodes.add(new Compute(compute.name(), compute.compute(), figure(areaUm2), Figure.NONE));
    return Design.of(design.first().withNodes(nodes));
  }

  static PointBuilder.Candidate candidate(Point p, boolean pool, boolean leaks) {
    double size = number(p, "size");
    double array = number(p, "array");
    List<Node> nodes = new ArrayList<>();
    nodes.add(memory("DRAM", OptionalLong.empty(), 20.37, number(p, "link"), 0, leaks ? 2 : 0));
    nodes.add(
        memory("Buffer", OptionalLong.of((long) size), 2.0711, number(p, "rate"), size / 2, 0));
    if (!pool) {
      nodes.add(
          new Fanout(
              "Array",
              List.of(new Fanout.Dimension("x", (long) array, Set.of())),
              Fanout.Multicast.WORDS,
              true,
              Optional.empty(),
              Figure.NONE,
              Figure.NONE));
    }
    nodes.add(
        new Compute(
            "MAC",
            new Action("compute", figure(1.1317), 0, pool ? array : 1),
            figure(pool ? 100 * array : 100),
            Figure.NONE));
    var architecture = new Architecture("made", 1e9, "", new Widths(8, 8, 8, 16), nodes);
    List<Layer> layers =
        List.of(product("a", 4, 4, 4), product("b", 8, 2, 4), product("again", 4, 4, 4));
    double accuracy = 70 + size / 100 - array;
    return new PointBuilder.Candidate(
        Design.of(architecture),
        List.of(new Workload("products", layers, List.of(), OptionalLong.empty())),
        Constraints.NONE,
        Tiling.PERFECT,
        Map.of("accuracy", accuracy));
  }

  private static Figure figure(double value) {
    return new Figure(value, "made", false);
  }

  private static Memory memory(
      String name, OptionalLong size, double pJ, double rate, double area, double leakage) {
    var actions = new LinkedHashMap<String, Action>();
    for (String action : List.of("read", "write")) {
      actions.put(action, new Action(action, figure(pJ), 8, rate));
    }
    return new Memory(
        name, size, Keep.MUST_ALL, actions, false, figure(area), figure(leakage * 1e3));
  }

  private static Layer product(String name, long m, long n, long k) {
    var einsum =
        new Einsum(
            name,
            List.of(new RankVariable("m", m), new RankVariable("n", n), new RankVariable("k", k)),
            List.of(
                tensor("A", Role.INPUT, "m", m, "k", k), tensor("B", Role.WEIGHT, "k", k, "n", n)),
            tensor("Z", Role.OUTPUT, "m", m, "n", n));
    return Layer.of(name, "Einsum", einsum);
  }

  private static TensorAccess tensor(
      String name, Role role, String a, long sizeA, String b, long sizeB) {
    return new TensorAccess(
        name, name, role, List.of(rank(a, sizeA), rank(b, sizeB)), OptionalInt.empty());
  }

  private static TensorAccess.Rank rank(String variable, long size) {
    return new TensorAccess.Rank(new Affine(List.of(new Affine.Term(1, variable)), 0), size);
  }
}
